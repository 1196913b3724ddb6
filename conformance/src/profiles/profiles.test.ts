// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { CASES } from '../cases/table.js';
import type { InterruptType } from '../pci/config-space.js';
import type { DeviceRecord } from '../report/records.js';
import { judgeProfile, passedOf } from './judge.js';
import { concerns, mandatory, PROFILE_NAMES, PROFILES, type Profile } from './profiles.js';
import { parseWaivers } from './waivers.js';

const device = (interrupts: InterruptType, vectors = 2048): DeviceRecord => ({
  device: 'some',
  bdf: '0000:00:04.0',
  vectors,
  interrupts,
});
const TYPES: readonly InterruptType[] = ['msix', 'msi', 'intx'];
const profilesOf = (id: string, one: DeviceRecord) =>
  PROFILE_NAMES.filter(
    (name) =>
      concerns(PROFILES[name], one) && mandatory(PROFILES[name], one, CASES).some((test) => test.id === id),
  );

describe('profiles', () => {
  it('ask for a case once at most, whatever the device', () => {
    for (const type of TYPES)
      for (const { id } of CASES)
        expect([id, profilesOf(id, device(type)).length]).toEqual([id, expect.toSatisfy((n) => n <= 1)]);
  });

  // The first needs a device that has messages and that the suite knows how to have use its line.
  it('leave out only what the machine decides or does not come back from, and what a device may lack', () => {
    const asked = new Set(
      TYPES.flatMap((type) => CASES.filter(({ id }) => profilesOf(id, device(type)).length > 0)),
    );
    const left = CASES.filter((test) => !asked.has(test)).map(({ id }) => id);
    expect(left.filter((id) => !/^(fault|refuse)\./.test(id))).toEqual([
      'type.messages-forbidden',
      'raw.lockdown',
      'rem.surprise',
    ]);
  });

  // The vendor's guide says to claim them for a device without a provoker.
  it('of core, raw and removal ask nothing that needs a provoker, and the others nothing that does not', () => {
    for (const type of TYPES) {
      const asks = (name: (typeof PROFILE_NAMES)[number]) =>
        mandatory(PROFILES[name], device(type), CASES).map(
          ({ needs }) => needs?.includes('provoker') ?? false,
        );
      for (const name of ['core', 'raw', 'removal'] as const) expect(asks(name)).not.toContain(true);
      expect(asks(type)).not.toContain(false);
    }
  });

  it('ask less of a device with fewer vectors, and of one without the type nothing', () => {
    const core: Profile = PROFILES.core;
    expect(mandatory(core, device('msix', 1), CASES).length).toBeLessThan(
      mandatory(core, device('msix'), CASES).length,
    );
    expect(concerns(PROFILES.msi, device('msix'))).toBe(false);
    const none = judgeProfile('msi', { devices: [device('msix')], cases: [] }, [], CASES);
    expect(none.standing).toBe('incomplete');
  });
});

describe('a case that speaks of what a good machine may lack', () => {
  const one = device('msix', 4);
  const asked = mandatory(PROFILES.core, one, CASES);
  const standingWith = (special: string, verdict: 'SKIP' | 'FAIL' | 'absent') => {
    const cases = asked
      .filter(({ id }) => verdict !== 'absent' || id !== special)
      .map(({ id }) => ({
        id,
        bdf: one.bdf,
        verdict: id === special && verdict !== 'absent' ? verdict : ('PASS' as const),
        message: null,
      }));
    return judgeProfile('core', { devices: [one], cases }, [], CASES);
  };

  it.each([
    'identity.bus-master-left-on',
    'info.granted',
    'compat.every-operation',
    'safe.no-taint',
    'module.pinned',
  ])('may be skipped, but neither fail nor be left out: %s', (id) => {
    const skipped = standingWith(id, 'SKIP');
    expect(skipped.standing).toBe('passed');
    expect(skipped.lacking).toEqual([{ case: id, device: 'some 0000:00:04.0', message: null }]);
    expect(passedOf(skipped)).toBe(`${asked.length - 1} of ${asked.length} (1 cannot be tried here)`);
    expect(standingWith(id, 'FAIL').standing).toBe('failed');
    expect(standingWith(id, 'absent').standing).toBe('incomplete');
  });

  it('may be skipped by a device of which the kernel granted fewer vectors than it has', () => {
    const many = device('msix', 2048);
    const cases = mandatory(PROFILES.msix, many, CASES).map(({ id }) => ({
      id,
      bdf: many.bdf,
      verdict: id.startsWith('many.') ? ('SKIP' as const) : ('PASS' as const),
      message: null,
    }));
    expect(judgeProfile('msix', { devices: [many], cases }, [], CASES).standing).toBe('passed');
  });

  it('is not any other', () => {
    for (const id of ['identity.name', 'arg.number', 'own.other-process'])
      expect(standingWith(id, 'SKIP').standing).toBe('incomplete');
  });
});

describe('parseWaivers', () => {
  it.each([
    ['{}', 'W: expected a list of waivers'],
    ['[', 'W is not JSON'],
    ['[null]', 'W: waiver 1: id: expected a text'],
    ['[{"id":"a","device":"b","case":"c","reason":" "}]', 'W: waiver 1: reason: expected a text'],
  ])('%s: %s', (text, message) => {
    expect(() => parseWaivers(text, 'W')).toThrow(message);
  });
});
