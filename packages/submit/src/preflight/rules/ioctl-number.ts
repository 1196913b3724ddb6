// SPDX-License-Identifier: MIT
import { addedLines, isUapi, nameOf, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

const DEFINES = /\b_IO(?:R|W|WR)?\s*\(/;

export const ioctlNumber = defineRule({
  name: 'ioctl-number',
  title: 'the header of every new ioctl is in ioctl-number.rst',
  source: { file: 'Documentation/process/submit-checklist.rst', section: 'Provide documentation' },
  next: 'add its letter, range and header to Documentation/userspace-api/ioctl/ioctl-number.rst',
  needs: ['ioctlNumbers'],
  check: (revision, { ioctlNumbers }) =>
    patchMails(revision).flatMap((mail) => {
      const lines = addedLines(mail.patch, isUapi).filter(({ line }) => DEFINES.test(line));
      const headers = new Set(lines.map(({ path }) => path));
      return [...headers]
        .filter((header) => !isListed(header, ioctlNumbers))
        .map((header) => ({
          where: nameOf(mail),
          what: `it adds an ioctl to ${header}, which is not listed`,
        }));
    }),
});

// The table names headers as programs include them: linux/uio_msi.h, asm/mce.h.
const isListed = (header: string, table: string): boolean => {
  const included = header.replace(/^.*include\/uapi\//, '');
  const names = table.split(/[\s<>,()]+/);
  return names.includes(included) || names.includes(header);
};
