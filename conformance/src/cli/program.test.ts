// SPDX-License-Identifier: MIT
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from './program.js';

let out = '';
let err = '';
beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const WAIVERS = join(mkdtempSync(join(tmpdir(), 'uio-msi-waivers-')), 'waivers.json');
writeFileSync(WAIVERS, '[{ "id": "W1", "device": "board", "case": "mask.replacd", "reason": "a slip" }]');

describe('runCommandLine', () => {
  it.each([
    [['run'], 2, 'No device named'],
    [['run', '--device', 'x'], 2, "'x' is not a PCI address"],
    [['run', '--device', 'ffff:00:00.0'], 2, 'There is no PCI device ffff:00:00.0'],
    [['run', '--all-known', '--case', 'nothing.*'], 2, 'No case matches nothing.*'],
    [['run', '--all-known', '--timeout', '0'], 2, 'expected a number of seconds above 0'],
    [['stress', '--all-known', '--operations', '0'], 2, 'expected a whole number above 0'],
    [['stress', '--all-known', '--processes', '0'], 2, 'expected a whole number above 0'],
    [['stress', '--all-known', '--without', 'rebindd'], 2, "'rebindd' cannot be left out. What can: borrow"],
    [['cost', '--all-known', '--rounds', '0'], 2, 'expected a whole number above 0'],
    [['cost', '--all-known'], 2, 'add --disposable'],
    [['run', '--all-known', '--provoker', 'none'], 2, 'Cannot read none: ENOENT'],
    [['list', '--provoker', 'none'], 2, 'Cannot read none: ENOENT'],
    [['stress', '--all-known', '--provoker', 'none'], 2, 'Cannot read none: ENOENT'],
    [['cost', '--all-known', '--disposable', '--provoker', 'none'], 2, 'Cannot read none: ENOENT'],
    [['provoker', 'check', 'package.json'], 2, 'package.json:1: provoker is missing; expected 1'],
    [['provoker', 'check', 'provokers/edu.yaml', '--device', 'ffff:00:00.0'], 2, 'There is no PCI device'],
    [['provoker', 'new', 'board'], 2, "'board' is not a PCI address"],
    [['provoker', 'new', '1234:5678', '--out', 'package.json'], 2, 'package.json is there already'],
    [
      ['run', '--all-known', '--out', 'x', '--profile', 'nope'],
      2,
      'There is no profile nope. There are core',
    ],
    [['run', '--all-known', '--profile', 'core'], 2, 'say with --out where it goes'],
    [['run', '--all-known', '--out', 'x', '--waivers', '/dev/null'], 2, '/dev/null is not JSON'],
    [
      ['run', '--all-known', '--out', 'x', '--waivers', WAIVERS],
      2,
      'waives a case that there is not: mask.replacd',
    ],
    [['run', '--bogus'], 2, "unknown option '--bogus'"],
    [['bogus'], 2, "unknown command 'bogus'"],
  ])('%j: exit %i, %s', async (args, code, message) => {
    expect(await runCommandLine(args)).toBe(code);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });

  it('help is no error, and has an example', async () => {
    expect(await runCommandLine(['run', '--help'])).toBe(0);
    expect(out).toContain('Example:\n  uio-msi-conformance run --device');
  });

  it('writes a template, and says what a provoker does', async () => {
    expect(await runCommandLine(['provoker', 'new', '1234:5678'])).toBe(0);
    expect(out).toContain("match: ['1234:5678']");
    expect(await runCommandLine(['provoker', 'check', 'provokers/edu.yaml'])).toBe(0);
    expect(out).toContain(
      'edu, for 1234:11e8: vectors 0 to 0, or the line; steps: raise 1, acknowledge 1, quiesce 1',
    );
  });

  it('list shows the cases with their clauses', async () => {
    expect(await runCommandLine(['list'])).toBe(0);
    expect(out).toMatch(/irq\.replace +IRQ-04 +another eventfd takes the place/);
  });
});
