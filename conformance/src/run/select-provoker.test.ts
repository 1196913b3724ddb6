// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Roots } from '../pci/sysfs.js';
import { listCandidates, selectDevices } from './select.js';

const BDF = '0000:00:03.0';

/** A folder in which the device has one BAR, of so many bytes, and an interrupt line, or an MSI-X table in that BAR. */
const machine = (bytes: number, table?: number): Roots => {
  const root = mkdtempSync(join(tmpdir(), 'uio-msi-tree-'));
  const folder = join(root, 'sys/bus/pci/devices', BDF);
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'proc/self'), { recursive: true });
  const config = Buffer.alloc(256);
  config[0x3d] = 1; // interrupt pin A
  if (table !== undefined) {
    config[0x06] = 0x10; // capabilities, of which MSI-X is the first
    config[0x34] = 0x40;
    config[0x40] = 0x11;
    config.writeUInt16LE(3, 0x42); // four vectors
    config.writeUInt32LE(table, 0x44); // in BAR 0
  }
  const end = (0xe000_0000 + bytes - 1).toString(16);
  const files = { vendor: '0x1b36', device: '0x0006', resource: `0xe0000000 0x${end} 0x40200` };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text}\n`);
  writeFileSync(join(folder, 'config'), config);
  writeFileSync(join(root, 'proc/self/mountinfo'), '');
  writeFileSync(join(root, 'proc/swaps'), '');
  return { sys: join(root, 'sys'), proc: join(root, 'proc'), dev: join(root, 'dev') };
};

const provoker = (match: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'uio-msi-select-')), 'board.yaml');
  const head =
    'provoker: 1\nname: board\nvectors: 4\nbars: { 0: 0x2000 }\nraise: [{ write: 0, value: vec }]\n';
  writeFileSync(path, `${head}match: ['${match}']\n`);
  return path;
};

const select = (bytes: number, match: string, table?: number) =>
  selectDevices(machine(bytes, table), {
    devices: [BDF],
    allKnown: false,
    force: false,
    provoker: [provoker(match)],
  });

it('takes the provoker of a file before the one it comes with', () => {
  expect(select(0x2000, '1b36:0006')).toMatchObject([{ device: 'board', model: { name: 'board' } }]);
});

it('refuses the provoker of a file that is for no device of the run', () => {
  expect(() => select(0x2000, '1b36:0007')).toThrow('board.yaml is for 1b36:0007: none of the devices');
});

it('refuses the provoker of a file that reaches beyond a BAR of the device', () => {
  expect(() => select(0x1000, '1b36:0006')).toThrow(
    `board.yaml does not fit ${BDF}: BAR 0 of the device has 4096 bytes, fewer than 8192`,
  );
});

it('refuses the provoker of a file that reaches a page with the MSI-X table, before anything is bound', () => {
  expect(() => select(0x2000, '1b36:0006', 0)).toThrow(
    'raise reaches 0x0 of BAR 0, on a page of the MSI-X table',
  );
  expect(select(0x2000, '1b36:0006', 0x1000)).toHaveLength(1);
});

it('lists a device as the provoker of a file calls it', () => {
  const roots = machine(0x2000);
  expect(listCandidates(roots)).toMatchObject([{ device: 'rocker' }]);
  expect(listCandidates(roots, [provoker('1b36:0006')])).toMatchObject([{ device: 'board' }]);
});
