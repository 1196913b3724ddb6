// SPDX-License-Identifier: MIT
import { type IoctlRow, parseIoctlTable } from '../ioctl-table.js';
import { type IoctlUse, ioctlsOf } from '../ioctl-uses.js';
import { nameOf, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

export const ioctlNumber = defineRule({
  name: 'ioctl-number',
  title: 'the header of every new ioctl is in ioctl-number.rst, with its letter and number',
  source: { file: 'Documentation/process/submit-checklist.rst', section: 'Provide documentation' },
  next: 'add its letter, range and header to Documentation/userspace-api/ioctl/ioctl-number.rst',
  needs: ['ioctlNumbers'],
  check: (revision, { ioctlNumbers }) => {
    const rows = parseIoctlTable(ioctlNumbers);
    const mails = patchMails(revision);
    const patches = mails.map(({ patch }) => patch);
    return mails.flatMap((mail) => {
      const faults = ioctlsOf(mail.patch, patches).flatMap((use) => faultOf(use, rows) ?? []);
      return [...new Set(faults)].map((what) => ({ where: nameOf(mail), what }));
    });
  },
});

const faultOf = (use: IoctlUse, rows: readonly IoctlRow[]): string | null => {
  const { name, header, code, number } = use;
  const own = rows.filter((row) => names(row, header));
  if (own.length === 0) return `it adds an ioctl to ${header}, which is not listed`;
  if (code === null) return null;
  const lettered = own.filter((row) => row.code === code);
  const ranges = own.map((row) => `${letter(row.code)} ${row.range}`).join(', ');
  if (lettered.length === 0)
    return `${name} has the letter ${letter(code)}, and ${header} is listed for ${ranges}`;
  if (number === null) return null;
  const has = (row: IoctlRow): boolean => row.code === code && row.first <= number && number <= row.last;
  const mine = own.find(has);
  const what = `${name} is ${letter(code)} ${hex(number)}`;
  if (!mine) return `${what}, and ${header} is listed for ${ranges}`;
  const others = rows.filter((row) => has(row) && !own.includes(row));
  if (others.length === 0 || mine.conflict) return null;
  return `${what}, which ${others.map(({ files: [file] }) => file ?? 'another one').join(', ')} has as well: mark the rows "conflict!", or take another range`;
};

// The table names headers as programs include them: linux/uio_msi.h, asm/mce.h.
const names = ({ files }: IoctlRow, header: string): boolean =>
  [header, header.replace(/^.*include\//, ''), header.replace(/^.*include\/uapi\//, '')].some((name) =>
    files.includes(name),
  );

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

const letter = (code: number): string =>
  code > 0x20 && code < 0x7f ? `'${String.fromCharCode(code)}'` : `0x${hex(code)}`;
