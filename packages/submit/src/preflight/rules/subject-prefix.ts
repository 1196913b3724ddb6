// SPDX-License-Identifier: MIT
import { touchedPaths } from '@uio-msi/series';
import { justifies } from '../area.js';
import { nameOf, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';
import { areasOf } from '../subject.js';

export const subjectPrefix = defineRule({
  name: 'subject-prefix',
  title: 'a subject begins with the subsystem that the patch touches',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Subject Line' },
  next: 'look at `git log --oneline -- FILE` in a clone with history, and write the prefix as others did',
  needs: [],
  check: (revision) =>
    patchMails(revision).flatMap((mail) => {
      const { patch } = mail;
      const [first] = areasOf(patch.subject).areas;
      if (first === undefined || touchedPaths(patch).some((path) => justifies(path, first))) return [];
      return [{ where: nameOf(mail), what: `no file that it touches is known as "${first}"` }];
    }),
});
