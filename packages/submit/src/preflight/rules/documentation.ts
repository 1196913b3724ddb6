// SPDX-License-Identifier: MIT
import { addedLines, isUapi, nameOf, newFiles, patchMails } from '../revision.js';
import { type Breach, defineRule } from '../rule.js';

const isCode = (path: string): boolean => /\.[chS]$/.test(path) && !path.startsWith('tools/');

/** What needs a page, and where; each row is an item of the checklist. */
const PROMISES: readonly {
  readonly what: string;
  readonly line: RegExp;
  readonly isFile: (path: string) => boolean;
  readonly page: RegExp;
  readonly where: string;
}[] = [
  {
    what: 'an operation for user space',
    line: /\b_IO(?:R|W|WR)?\s*\(/,
    isFile: isUapi,
    page: /^Documentation\/(?!userspace-api\/ioctl\/ioctl-number\.rst)/,
    where: 'Documentation/userspace-api/ or Documentation/ABI/',
  },
  {
    what: 'a sysfs attribute',
    line: /\b(?:DEVICE|DRIVER|BUS|CLASS)_ATTR(?:_RO|_WO|_RW|_ADMIN_RO|_ADMIN_RW)?\s*\(/,
    isFile: isCode,
    page: /^Documentation\/ABI\//,
    where: 'Documentation/ABI/',
  },
  {
    what: 'a /proc entry',
    line: /\bproc_create(?:_data|_single|_seq|_seq_private|_net\w*)?\s*\(/,
    isFile: isCode,
    page: /^Documentation\//,
    where: 'Documentation/',
  },
  {
    what: 'a kernel boot parameter',
    line: /^\s*(?:__setup|early_param|core_param)\s*\(/,
    isFile: isCode,
    page: /^Documentation\/admin-guide\/kernel-parameters\.(?:rst|txt)$/,
    where: 'Documentation/admin-guide/kernel-parameters.txt',
  },
];

export const documentation = defineRule({
  name: 'documentation',
  title: 'what is new to user space is described in Documentation/ by the same series',
  source: { file: 'Documentation/process/submit-checklist.rst', section: 'Provide documentation' },
  next: 'describe it in a patch of the series',
  needs: [],
  check: (revision) => {
    const mails = patchMails(revision);
    const written = mails.flatMap(({ patch }) =>
      patch.changes.flatMap(({ to, hunks }) =>
        to !== null && hunks.some(({ lines }) => lines.some((line) => /^\+.*\S/.test(line))) ? [to] : [],
      ),
    );
    return mails.flatMap((mail): Breach[] => {
      const breach = (what: string, where: string) => ({
        where: nameOf(mail),
        what: `it adds ${what}, and no patch writes to ${where}`,
      });
      const headers = written.some((path) => path.startsWith('Documentation/'))
        ? []
        : newFiles(mail.patch).filter(isUapi);
      const broken = PROMISES.filter(
        ({ line, isFile, page }) =>
          addedLines(mail.patch, isFile).some((added) => line.test(added.line)) &&
          !written.some((path) => page.test(path)),
      );
      return [
        ...headers.map((path) => breach(path, 'Documentation/')),
        ...broken.map(({ what, where }) => breach(what, where)),
      ];
    });
  },
});
