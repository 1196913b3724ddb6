// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { adds, broken } from '../../../testing/revision.js';
import { kconfigHelp } from './kconfig-help.js';

const kconfig = (...lines: string[]) => ({ patches: [{ diff: adds('drivers/uio/Kconfig', ...lines) }] });
const HELP = ['\thelp', '\t  For devices that have MSI-X.', ''];
const MSI = [
  'config UIO_PCI_MSI',
  '\ttristate "Generic driver for PCI devices with MSI-X"',
  '\tdepends on PCI_MSI',
];

it('wants a help text of an option that people are asked about', async () => {
  expect(await broken(kconfigHelp, kconfig(...MSI, ...HELP))).toEqual([]);
  expect(await broken(kconfigHelp, kconfig(...MSI, ''))).toEqual([
    '0001.patch: UIO_PCI_MSI has no help text',
  ]);
  expect(await broken(kconfigHelp, kconfig(...MSI, '\thelp', ''))).toHaveLength(1);
});

it('does not take the help of one option for that of another', async () => {
  const other = ['menuconfig UIO_RAW', '\tbool "Raw access"', ''];
  expect(await broken(kconfigHelp, kconfig(...other, ...MSI, ...HELP))).toEqual([
    '0001.patch: UIO_RAW has no help text',
  ]);
  expect(await broken(kconfigHelp, kconfig(...MSI, ...HELP, ...other))).toEqual([
    '0001.patch: UIO_RAW has no help text',
  ]);
});

it('does not take a text at the beginning of another file for the help of the last option', async () => {
  const diff = adds('drivers/uio/Kconfig', ...MSI) + adds('drivers/vfio/Kconfig', ...HELP);
  expect(await broken(kconfigHelp, { patches: [{ diff }] })).toEqual([
    '0001.patch: UIO_PCI_MSI has no help text',
  ]);
});

it('wants none of what is only selected, of other files, and of what is taken out', async () => {
  expect(await broken(kconfigHelp, kconfig('config UIO_CORE', '\tbool', ''))).toEqual([]);
  expect(await broken(kconfigHelp, { patches: [{ diff: adds('Documentation/x.rst', ...MSI) }] })).toEqual([]);
  const removed = adds('drivers/uio/Kconfig', ...MSI)
    .replace(/^\+(?!\+\+)/gm, '-')
    .replace('-1,1 +1,4', '-1,4 +1,1');
  expect(await broken(kconfigHelp, { patches: [{ diff: removed }] })).toEqual([]);
});
