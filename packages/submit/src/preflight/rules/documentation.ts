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
  /** Pages that will do when they name the header or the symbol. */
  readonly naming?: RegExp;
  readonly where: string;
}[] = [
  {
    what: 'an operation for user space',
    line: /\b_IO(?:R|W|WR)?\s*\(/,
    isFile: isUapi,
    page: /^Documentation\/(?:userspace-api|ABI|driver-api)\/(?!ioctl\/ioctl-number\.rst)/,
    naming: /^Documentation\/(?!userspace-api\/ioctl\/ioctl-number\.rst)/,
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

// As a page would call it: linux/uio_msi.h, UIO_MSI_IRQ_SET.
const namesOf = ({ path, line }: { readonly path: string; readonly line: string }): string[] => [
  path.replace(/^.*include\/uapi\//, ''),
  ...(/^\s*#\s*define\s+(\w+)/.exec(line)?.slice(1) ?? []),
];

export const documentation = defineRule({
  name: 'documentation',
  title: 'what is new to user space is described in Documentation/ by the same series',
  source: { file: 'Documentation/process/submit-checklist.rst', section: 'Provide documentation' },
  next: 'describe it in a patch of the series',
  needs: [],
  check: (revision) => {
    const mails = patchMails(revision);
    const written = mails.flatMap(({ patch }) => addedLines(patch).filter(({ line }) => line.trim() !== ''));
    return mails.flatMap((mail): Breach[] => {
      const breach = (what: string, where: string) => ({
        where: nameOf(mail),
        what: `it adds ${what}, and no patch writes to ${where}`,
      });
      const headers = written.some(({ path }) => path.startsWith('Documentation/'))
        ? []
        : newFiles(mail.patch).filter(isUapi);
      const broken = PROMISES.filter(({ line, isFile, page, naming }) => {
        const added = addedLines(mail.patch, isFile).filter((one) => line.test(one.line));
        if (added.length === 0 || written.some(({ path }) => page.test(path))) return false;
        const names = added.flatMap(namesOf);
        return !written.some(
          (one) => naming?.test(one.path) && names.some((name) => one.line.includes(name)),
        );
      });
      return [
        ...headers.map((path) => breach(path, 'Documentation/')),
        ...broken.map(({ what, where }) => breach(what, where)),
      ];
    });
  },
});
