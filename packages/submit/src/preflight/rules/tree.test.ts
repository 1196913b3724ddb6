// SPDX-License-Identifier: MIT
// What a series must bring along with what it adds.
import { describe, expect, it } from 'vitest';
import { adds, broken, creates } from '../../../testing/revision.js';
import { documentation } from './documentation.js';
import { ioctlNumber } from './ioctl-number.js';
import { maintainers } from './maintainers.js';

const HEADER = 'include/uapi/linux/uio_msi.h';
const IOCTL = '#define UIO_MSI_IRQ_SET _IOW(UIO_MSI_TYPE, UIO_MSI_BASE + 0, struct uio_msi_irq_set)';
const driver = { subject: 'uio: add uio_msi', diff: creates(HEADER, '#include <linux/types.h>', IOCTL) };

describe('ioctl-number', () => {
  const table = (line: string) => ({
    ioctlNumbers: `Code  Seq#   Include File\n'H'   90-9F  sound/asound.h\n${line}\n`,
  });
  const LISTED = "'I'   86-8F  linux/uio_msi.h                                           conflict!";

  it('lets through a header that the table has', async () => {
    expect(await broken(ioctlNumber, { patches: [driver] }, table(LISTED))).toEqual([]);
  });

  it.each(['', "'I'   86-8F  linux/uio_msi.h.old", "'I'   86-8F  drivers/linux/uio_msi.h"])(
    'finds one that it has not, beside %j',
    async (line) => {
      expect(await broken(ioctlNumber, { patches: [driver] }, table(line))).toEqual([
        `0001.patch: it adds an ioctl to ${HEADER}, which is not listed`,
      ]);
    },
  );

  // As the series defines it: the base in one patch, an operation in another.
  const defined = (nr: string, letter = "'I'") => [
    {
      diff: creates(
        HEADER,
        '#define UIO_MSI_BASE 0x86 /* 86-8F */',
        `#define UIO_MSI_SET _IOW(${letter}, ${nr}, __u32)`,
      ),
    },
    {
      subject: 'uio: more',
      diff: adds(HEADER, '#define UIO_MSI_GET _IO(UIO_T, (UIO_MSI_BASE + 2))', `#define UIO_T ${letter}`),
    },
  ];

  it('makes letter and number out, and looks whether the table has them for that header', async () => {
    const judge = (row: string, nr = 'UIO_MSI_BASE + 1', letter = "'I'") =>
      broken(ioctlNumber, { patches: defined(nr, letter) }, table(row));
    expect(await judge(LISTED)).toEqual([]);
    expect(await judge("'I'   all  uapi/linux/uio_msi.h")).toEqual([]);
    expect(await judge("'I'   40-4F  linux/mISDNif.h,\n             linux/uio_msi.h", '0x41')).toEqual([
      `0002.patch: UIO_MSI_GET is 'I' 88, and ${HEADER} is listed for 'I' 40-4F`,
    ]);
    expect(await judge(LISTED, '0x90')).toEqual([
      `0001.patch: UIO_MSI_SET is 'I' 90, and ${HEADER} is listed for 'I' 86-8F`,
    ]);
    expect(await judge(LISTED, '0x87', '0x4A')).toEqual([
      `0001.patch: UIO_MSI_SET has the letter 'J', and ${HEADER} is listed for 'I' 86-8F`,
      `0002.patch: UIO_MSI_GET has the letter 'J', and ${HEADER} is listed for 'I' 86-8F`,
    ]);
  });

  it('finds numbers that others have, unless the row says so', async () => {
    const other = "'I'   all  linux/isdn.h  conflict!";
    const row = LISTED.replace('conflict!', '');
    const judge = (text: string) => broken(ioctlNumber, { patches: defined('0x87') }, table(text));
    expect(await judge(`${other}\n${row}`)).toEqual([
      expect.stringContaining("UIO_MSI_SET is 'I' 87, which linux/isdn.h has as well"),
      expect.stringContaining('UIO_MSI_GET'),
    ]);
    expect(await judge(`${other}\n${LISTED}`)).toEqual([]);
  });

  it('does not care for uses, and for headers of the kernel', async () => {
    const diff = adds('drivers/uio/uio_msi.c', IOCTL) + adds(HEADER, 'int no_IO_here;');
    expect(await broken(ioctlNumber, { patches: [{ diff }] }, table(''))).toEqual([]);
  });
});

describe('documentation', () => {
  const judge = (...diffs: string[]) =>
    broken(documentation, { patches: diffs.map((diff, at) => ({ subject: `uio: do ${at}`, diff })) });
  const PAGE = creates('Documentation/userspace-api/uio_msi.rst', 'UIO_MSI_IRQ_SET takes a vector.');

  it('lets through what another patch of the series describes', async () => {
    expect(await judge(driver.diff, PAGE)).toEqual([]);
  });

  it('takes any other page only when it names the header or the operation', async () => {
    const page = (text: string) => judge(driver.diff, creates('Documentation/PCI/msi.rst', text));
    expect(await page('Something else.')).toEqual([expect.stringContaining('an operation for user space')]);
    expect(await page('See ``UIO_MSI_IRQ_SET``.')).toEqual([]);
    expect(await page('Include <linux/uio_msi.h>.')).toEqual([]);
  });

  it('finds what none does; ioctl-number.rst describes nothing', async () => {
    const numbers = adds('Documentation/userspace-api/ioctl/ioctl-number.rst', "'I' 86-8F linux/uio_msi.h");
    const ioctl =
      '0001.patch: it adds an operation for user space, and no patch writes to Documentation/userspace-api/ or Documentation/ABI/';
    expect(await judge(driver.diff, numbers)).toEqual([ioctl]);
    expect(await judge(driver.diff)).toEqual([
      `0001.patch: it adds ${HEADER}, and no patch writes to Documentation/`,
      ioctl,
    ]);
  });

  it.each([
    [
      'static DEVICE_ATTR_RO(vectors);',
      'a sysfs attribute',
      'Documentation/ABI/testing/sysfs-uio',
      'Documentation/ABI/',
    ],
    [
      'early_param("uio_raw", uio_raw_setup);',
      'a kernel boot parameter',
      'Documentation/admin-guide/kernel-parameters.txt',
      'Documentation/admin-guide/kernel-parameters.txt',
    ],
    [
      '\tproc_create("uio", 0, NULL, &uio_ops);',
      'a /proc entry',
      'Documentation/filesystems/proc.rst',
      'Documentation/',
    ],
  ])('wants a page for %s', async (line, what, page, where) => {
    const code = adds('drivers/uio/uio.c', line);
    expect(await judge(code)).toEqual([`0001.patch: it adds ${what}, and no patch writes to ${where}`]);
    expect(await judge(code, adds(page, 'What it is for.'))).toEqual([]);
    expect(await judge(adds('tools/testing/selftests/uio/a.c', line))).toEqual([]);
  });

  it('takes a page that only loses lines for none', async () => {
    const loses = adds('Documentation/x.rst', 'gone')
      .replace('-1,1 +1,2', '-1,2 +1,1')
      .replace('\n+gone', '\n-gone');
    expect(await judge(driver.diff, loses)).toHaveLength(2);
  });
});

describe('maintainers', () => {
  const file = (...lines: string[]) => ({
    maintainersFile: [
      'List of maintainers',
      '',
      'Descriptions of section entries',
      '\tF:\tdrivers/',
      '',
      'Maintainers List',
      '----------------',
      '',
      'USERSPACE I/O (UIO)',
      'M:\tGreg Kroah-Hartman <gregkh@linuxfoundation.org>',
      'S:\tMaintained',
      ...lines,
      '',
      'THE REST',
      'M:\tLinus Torvalds <torvalds@linux-foundation.org>',
      'F:\t*',
      'F:\t*/',
      '',
    ].join('\n'),
  });
  const judge = (path: string, ...lines: string[]) =>
    broken(maintainers, { patches: [{ diff: creates(path, 'x') }] }, file(...lines));

  it.each([
    ['drivers/uio/uio_msi.c', 'F:\tdrivers/uio/'],
    ['drivers/uio/deep/a.c', 'F:\tdrivers/uio/'],
    ['drivers/uio/uio_msi.c', 'F:\tdrivers/uio'],
    ['drivers/uio/uio_msi.c', 'F:\tdrivers/uio/*'],
    ['include/uapi/linux/uio_msi.h', 'F:\tinclude/uapi/linux/uio*.h'],
    ['drivers/uio/deep/er/a.c', 'F:\tdrivers/**/a.c'],
    ['drivers/uio/uio_msi.c', 'N:\tuio_(msi|raw)'],
  ])('has %s by %j', async (path, line) => {
    expect(await judge(path, line)).toEqual([]);
  });

  it.each([
    ['drivers/uio/uio_msi.c', ['F:\tdrivers/ui']],
    ['drivers/uio/deep/a.c', ['F:\tdrivers/uio/*.c']],
    ['drivers/uioXmsi.c', ['F:\tdrivers/uio.msi.c']],
    ['drivers/uio/uio_msi.c', ['F:\tdrivers/uio/', 'X:\tdrivers/uio/uio_msi.c']],
    ['drivers/uio/uio_msi.c', ['N:\tuio_(']],
    ['drivers/uio/uio_msi.c', []],
  ])('has not %s by %j', async (path, lines) => {
    expect(await judge(path, ...lines)).toEqual([`0001.patch: nobody maintains ${path}`]);
  });

  it('does not ask for files that were there', async () => {
    expect(await broken(maintainers, {}, file())).toEqual([]);
  });
});
