// SPDX-License-Identifier: MIT
import { nameOf, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

const FORM = /^Fixes: [0-9a-f]{12,40} \("\S(?:.*\S)?"\)$/;

const why = (line: string): string => {
  const id = /^fixes:\s*(?:commit\s+)?([0-9a-f]*)/i.exec(line)?.[1] ?? '';
  if (id.length < 12) return `has ${id.length === 0 ? 'no commit' : `${id.length} digits of it`}`;
  if (!line.endsWith('")')) return 'does not end with the commit\'s subject in ("…"), on the same line';
  return 'is not in the form that scripts read';
};

export const fixes = defineRule({
  name: 'fixes',
  title: 'Fixes: names a commit by at least 12 digits and its subject, on one line',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Describe your changes' },
  next: 'write it as git does: git log -1 --abbrev=12 --format=\'Fixes: %h ("%s")\' COMMIT',
  needs: [],
  check: (revision) =>
    patchMails(revision).flatMap((mail) =>
      mail.patch.message
        .split('\n')
        .filter((line) => /^fixes:/i.test(line) && !FORM.test(line))
        .map((line) => ({ where: nameOf(mail), what: `"${line}" ${why(line)}` })),
    ),
});
