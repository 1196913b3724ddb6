// SPDX-License-Identifier: MIT
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../pci/steps.js';
import { closeJournal, createWhole, type Journal, openJournal, readJournal } from './journal.js';
import { isAlive, ownProcess } from './owner.js';
import { restore } from './restore.js';

const BDF = '0000:00:04.0';
let dir = '';
let file = '';
const roots = () => ({ sys: join(dir, 'sys'), proc: '/proc', dev: join(dir, 'dev') });
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
};
const journal = (over: Partial<Journal> = {}): Journal => ({
  version: 1,
  owner: ownProcess(roots()),
  devices: [{ bdf: BDF, driver: 'e1000e', override: null, mode: 'safe' }],
  attributes: [{ file: join(roots().sys, 'bus/pci/devices', BDF, 'msi_bus'), value: '1' }],
  parameters: [{ file: join(roots().sys, 'module/uio_msi/parameters/raw_access'), value: 'N' }],
  ...over,
});
const DEAD = { pid: 2 ** 22 + 1, started: '1' };

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'uio-msi-journal-'));
  file = join(dir, 'run/journal.json');
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('the journal', () => {
  it('is there while something is lent, whole, and gone afterwards', () => {
    openJournal(journal(), roots(), file);
    expect(readJournal(roots(), file)).toEqual(journal());
    closeJournal(file);
    expect(readJournal(roots(), file)).toBeNull();
  });

  it('keeps a second run away, and says what to do after one that was killed', () => {
    openJournal(journal(), roots(), file);
    expect(() => openJournal(journal(), roots(), file)).toThrow(`has ${BDF} under test`);
    closeJournal(file);
    openJournal(journal({ owner: DEAD }), roots(), file);
    expect(() => openJournal(journal(), roots(), file)).toThrow('First: uio-msi-conformance restore');
  });

  it.each([
    ['S', 12, true],
    ['Z', 1, false],
    ['Z', 2, true],
  ] as const)(
    'knows of a process in state %s with %i threads whether it is there: %s',
    (state, threads, alive) => {
      const proc = join(dir, 'proc');
      put('proc/7/stat', `7 (node) (x) ${[state, ...Array(16).fill('0'), threads, 0, 4711, 0].join(' ')}\n`);
      expect(isAlive({ pid: 7, started: '4711' }, { ...roots(), proc })).toBe(alive);
    },
  );

  it('is not written over one that another run wrote a moment ago', () => {
    openJournal(journal(), roots(), file);
    expect(() => createWhole(file, 'mine')).toThrow('EEXIST');
    expect(readJournal(roots(), file)).toEqual(journal());
    expect(readdirSync(dirname(file))).toEqual(['journal.json']);
  });

  it('tells its process from a later one with the same number', () => {
    expect(isAlive(ownProcess(roots()), roots())).toBe(true);
    expect(isAlive({ ...ownProcess(roots()), started: '1' }, roots())).toBe(false);
  });

  it('that cannot be written stops the run before it begins', () => {
    put('run', 'a file where the folder should be');
    expect(() => openJournal(journal(), roots(), file)).toThrow('ENOTDIR');
  });

  const step = (path: string, value = '1') => ({ parameters: [{ file: path, value }] });
  it.each<[string, (sys: string) => object]>([
    ['writes elsewhere', () => step('/etc/passwd')],
    ['climbs out', (sys) => step(`${sys}/module/../../etc/passwd`)],
    ['writes two lines', (sys) => step(`${sys}/module/uio_msi/parameters/raw_access`, 'N\nY')],
    ['names no device', () => ({ devices: [{ bdf: '../x', driver: null, override: null, mode: 'safe' }] })],
    [
      'names a driver by path',
      () => ({ devices: [{ bdf: BDF, driver: '..', override: null, mode: 'safe' }] }),
    ],
    ['is of another version', () => ({ version: 2 })],
    ['has no owner', () => ({ owner: null })],
  ])('that %s is refused: root would write it', (_, over) => {
    put('run/journal.json', JSON.stringify({ ...journal(), ...over(roots().sys) }));
    expect(() => readJournal(roots(), file)).toThrow('is not a journal');
  });

  it.each(['null', '[]', '3', '{', ''])('%j is none', (text) => {
    put('run/journal.json', text);
    expect(() => readJournal(roots(), file)).toThrow('is not a journal');
  });
});

describe('restore', () => {
  const machine = (driver: string | null) => {
    const folder = `sys/bus/pci/devices/${BDF}`;
    put(`${folder}/vendor`, '0x8086\n');
    put(`${folder}/device`, '0x10d3\n');
    put(`${folder}/driver_override`, 'uio_msi\n');
    put(`${folder}/msi_bus`, '0\n');
    put('sys/module/uio_msi/parameters/raw_access', 'Y\n');
    for (const name of ['uio_msi', 'e1000e']) put(`sys/bus/pci/drivers/${name}/bind`, '');
    put('sys/bus/pci/drivers/uio_msi/unbind', '');
    if (driver !== null) symlinkSync(join(dir, 'sys/bus/pci/drivers', driver), join(dir, folder, 'driver'));
  };
  const read = (path: string) => readFileSync(join(dir, path), 'utf8');

  it('gives a device back from the driver under test, and sets what was set', () => {
    machine('uio_msi');
    expect(restore(journal(), roots()).problems).toEqual([]);
    expect(read('sys/bus/pci/drivers/uio_msi/unbind')).toBe(`${BDF}\n`);
    expect(read('sys/bus/pci/drivers/e1000e/bind')).toBe(`${BDF}\n`);
    expect(read(`sys/bus/pci/devices/${BDF}/driver_override`)).toBe('\n');
    expect(read(`sys/bus/pci/devices/${BDF}/msi_bus`)).toBe('1\n');
    expect(read('sys/module/uio_msi/parameters/raw_access')).toBe('N\n');
  });

  it('binds nothing that is bound already', () => {
    machine('e1000e');
    const taken: Step[] = [];
    restore(journal(), roots(), (steps) => void taken.push(...steps));
    expect(taken.map(({ file: path }) => path).filter((path) => path.endsWith('bind'))).toEqual([]);
    expect(existsSync(join(dir, 'sys/bus/pci/drivers/e1000e/bind'))).toBe(true);
  });

  it('does what it can for a device that is gone, and says what it could not', () => {
    machine('uio_msi');
    rmSync(join(dir, 'sys/bus/pci/devices'), { recursive: true });
    put('sys/class/pci_bus/0000:00/rescan', '');
    const { problems } = restore(journal(), roots());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('Was it pulled out?');
    expect(read('sys/class/pci_bus/0000:00/rescan')).toBe('1\n');
    expect(read('sys/module/uio_msi/parameters/raw_access')).toBe('N\n');
  });
});
