// SPDX-License-Identifier: MIT
import { isMaintained, parseMaintainers } from '../maintainers-file.js';
import { nameOf, newFiles, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

export const maintainers = defineRule({
  name: 'maintainers',
  title: 'every new file belongs to a section of MAINTAINERS other than THE REST',
  source: { file: 'Documentation/dev-tools/checkpatch.rst', section: 'FILE_PATH_CHANGES' },
  next: 'add an F: line for it to a section of MAINTAINERS, or a section',
  needs: ['maintainersFile'],
  check: (revision, { maintainersFile }) => {
    const sections = parseMaintainers(maintainersFile);
    return patchMails(revision).flatMap((mail) =>
      newFiles(mail.patch)
        .filter((path) => !isMaintained(path, sections))
        .map((path) => ({ where: nameOf(mail), what: `nobody maintains ${path}` })),
    );
  },
});
