// SPDX-License-Identifier: MIT
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CASES } from '../cases/table.js';
import type { CaseRecord, DeviceRecord } from '../report/records.js';
import { summarise } from '../run/verdict.js';
import { SUITE_VERSION } from '../version.js';
import { readBundle } from './read.js';
import { openRecorder } from './recorder.js';
import type { Statement } from './statement.js';
import { verifyBundle } from './verify.js';

const hasLog = (() => {
  try {
    accessSync('/dev/kmsg', constants.R_OK);
    return true;
  } catch {
    return false;
  }
})();

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'uio-msi-recorder-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const device: DeviceRecord = { device: 'rocker', bdf: 'ffff:00:04.0', vectors: 4, interrupts: 'msix' };
const statement: Statement = {
  version: 1,
  claim: { product: '', vendor: '', contact: '', profiles: ['core'] },
  suite: SUITE_VERSION,
  uapi: '',
  command: [],
  started: '2026-11-22T17:00:00.000Z',
  ended: '2026-11-22T17:01:00.000Z',
  machine: { arch: '', processor: '', board: '' },
  kernel: { release: '6.1.0', version: '', commandLine: '', taint: [0, 0], lockdown: null, selinux: null },
  modules: [],
  devices: [
    { bdf: device.bdf, id: '', subsystem: '', class: '', revision: '', driver: null, provoker: null },
  ],
  waivers: [],
};
const verdictOf = (path: string) =>
  verifyBundle(readBundle(path), { cases: CASES, allowed: [], digest: null });

it.each([
  ['a\nb', 'control characters'],
  ['a\\b', 'a backslash'],
  ['r'.repeat(101), 'too long'],
])('refuses a name that no archive can have before anything is tested: %j', (name, why) => {
  expect(() => openRecorder(join(dir, name), [])).toThrow(why);
  expect(readdirSync(dir)).toEqual([]);
});

describe.runIf(hasLog)('a recorder', () => {
  const record = () => {
    const recorder = openRecorder(join(dir, 'report'), [device.bdf]);
    const [first] = CASES;
    if (first === undefined) throw new Error('there are no cases');
    const { id, title, clauses } = first;
    const result: CaseRecord = {
      type: 'case',
      id,
      title,
      clauses,
      ...device,
      verdict: 'PASS',
      seconds: 0,
      message: null,
      log: null,
    };
    recorder.reporter.suite(
      {
        type: 'suite',
        version: 1,
        suite: SUITE_VERSION,
        kernel: '6.1.0',
        devices: [device],
        depth: 'standard',
        left: 0,
      },
      1,
    );
    recorder.reporter.start({ type: 'start', device: device.device, vectors: device.vectors, id });
    recorder.reporter.case(result);
    recorder.reporter.done(summarise([result], 1));
    return recorder;
  };

  it('leaves a bundle that is whole, as a folder and as an archive, and says its digest', () => {
    const { folder, archive, digest } = record().finish(statement);
    for (const path of [folder, archive])
      expect(verdictOf(path)).toMatchObject({
        problems: [],
        digest,
        standing: 'incomplete',
        verdict: 'PASS',
      });
    expect(readdirSync(dir).toSorted()).toEqual(['report', 'report.tar.gz']);
  });

  it('leaves nothing in the place of a bundle before it is whole', () => {
    record();
    expect(readdirSync(dir)).toEqual([`report.partial-${process.pid}`]);
  });

  it('leaves nothing at all when the run did not begin', () => {
    openRecorder(join(dir, 'report'), []).discard();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('overwrites nothing', () => {
    writeFileSync(join(dir, 'report.tar.gz'), '');
    expect(() => openRecorder(join(dir, 'report'), [])).toThrow('is there already');
    expect(existsSync(join(dir, 'report'))).toBe(false);
  });
});
