// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Resource } from '../pci/sysfs.js';
import { hiddenRegisters, misfit } from './fits.js';
import { readProvoker } from './read-provoker.js';
import { provokerTemplate } from './template.js';

const bar = (size: number, isMemory = true): Resource => ({ start: 0n, size, isMemory });
const place = (offset: number) => ({ bar: 0, offset });
const msix = { vectors: 5, enabled: false, table: place(0x3000), pendingBits: place(0x4000) };
const subject = { id: '8086:10c9', vectors: 5, bars: [bar(0x4000), bar(32, false), bar(0x100)], msix };

const filled = (text: string, step: string) =>
  readProvoker(text.replace('raise: []', `raise: [${step}]`), 'f');

describe('provokerTemplate', () => {
  it('is no provoker before somebody says how a vector is raised, and lacks nothing else', () => {
    const text = provokerTemplate(subject);
    expect(() => readProvoker(text, 'f')).toThrow(/^f:\d+: raise: expected at least one step, found a list$/);
    const of = (id: string) => provokerTemplate({ id, vectors: null, bars: [], msix: null });
    expect(filled(of('1af4:1005'), '{ write: 0x10, value: vec }').match).toEqual(['1af4:1005']);
  });

  it('has what is known of the device', () => {
    const file = filled(provokerTemplate(subject), '{ bar: 2, write: 0x10, value: vec }');
    expect(file).toMatchObject({ match: ['8086:10c9'], vectors: 5, bars: { 0: 0x4000, 2: 0x100 } });
    expect(provokerTemplate(subject)).toContain('in BAR 0, from 0x3000, 80 bytes');
  });
});

describe('whether a provoker fits a device', () => {
  const file = filled(provokerTemplate(subject), '{ bar: 0, write: 0x1000 + vec * 0x800, value: vec }');

  it.each([
    [subject.bars, null],
    [[bar(0x2000), bar(32), bar(0x100)], 'BAR 0 of the device has 8192 bytes, fewer than 16384'],
    [[bar(0x4000), bar(32), bar(0x100, false)], 'BAR 2 of the device is I/O ports'],
    [[bar(0x4000)], 'the device has no BAR 2'],
  ])('by its BARs', (bars, why) => {
    expect(misfit(file, bars)).toEqual(why === null ? null : expect.stringContaining(why));
  });

  it('by the pages that nobody can map', () => {
    expect(hiddenRegisters(file, msix)).toContain(
      'raise reaches 0x3000 of BAR 0, on a page of the MSI-X table',
    );
    expect(hiddenRegisters(file, { ...msix, table: place(0x5000) })).toBeNull();
    expect(hiddenRegisters(file, null)).toBeNull();
  });
});
