// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tar } from '../archive/tar.js';
import { CASES } from '../cases/table.js';
import { mandatory, PROFILES } from '../profiles/profiles.js';
import type { Waiver } from '../profiles/waivers.js';
import type { CaseRecord, DeviceRecord, StreamRecord } from '../report/records.js';
import { summarise } from '../run/verdict.js';
import { SUITE_VERSION } from '../version.js';
import { derivedFiles, EVENTS, json, judgeClaim, KERNEL_LOG, STATEMENT } from './layout.js';
import { MANIFEST, manifestOf } from './manifest.js';
import { parseEvents } from './parse.js';
import { readBundle } from './read.js';
import type { Statement } from './statement.js';
import { verifyBundle } from './verify.js';

const device: DeviceRecord = { device: 'rocker', bdf: '0000:00:04.0', vectors: 4, interrupts: 'msix' };
const profiles = ['core', 'msix'] as const;
const wanted = profiles.flatMap((name) => mandatory(PROFILES[name], device, CASES));

const statement: Statement = {
  version: 1,
  claim: { product: 'A <switch>', vendor: 'Example', contact: 'someone@example.org', profiles },
  suite: SUITE_VERSION,
  uapi: '0x40084987',
  command: ['uio-msi-conformance', 'run'],
  started: '2026-11-22T17:00:00.000Z',
  ended: '2026-11-22T17:01:00.000Z',
  machine: { arch: 'x64', processor: 'a processor', board: 'a board' },
  kernel: {
    release: '6.1.0',
    version: 'Linux version 6.1.0',
    commandLine: 'ro',
    taint: [0, 4160],
    lockdown: 'none',
    selinux: null,
  },
  modules: [
    {
      name: 'uio_msi',
      buildId: 'ab',
      srcversion: null,
      version: null,
      taint: 'OE',
      modinfo: { series: 'uio_msi v2 abc' },
    },
  ],
  devices: [
    {
      bdf: device.bdf,
      id: '1b36:0006',
      subsystem: '1af4:1100',
      class: '028000',
      revision: '00',
      driver: null,
    },
  ],
  waivers: [],
};

const results = (change: (record: CaseRecord) => CaseRecord | null = (record) => record): CaseRecord[] =>
  wanted.flatMap(({ id, title, clauses }) => {
    const record = change({
      type: 'case',
      ...device,
      id,
      title,
      clauses,
      verdict: 'PASS',
      seconds: 0.1,
      message: null,
      log: null,
    });
    return record === null ? [] : [record];
  });

const eventsOf = (cases: readonly CaseRecord[]): string => {
  const records: StreamRecord[] = [
    {
      type: 'suite',
      version: 1,
      suite: SUITE_VERSION,
      kernel: '6.1.0',
      devices: [device],
      depth: 'standard',
      left: 0,
    },
    ...cases.flatMap((record): StreamRecord[] => [
      { type: 'start', device: record.device, vectors: record.vectors, id: record.id },
      record,
    ]),
    summarise(cases, 12),
  ];
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
};

type Bundle = Map<string, Uint8Array>;
const seal = (files: Bundle): Bundle => {
  files.delete(MANIFEST);
  return files.set(MANIFEST, Buffer.from(manifestOf(files)));
};

/** A bundle as a run would leave it, of these results; or as somebody who knows the formats would. */
const bundle = (cases = results(), said: Statement = statement): Bundle => {
  const events = eventsOf(cases);
  const recorded = parseEvents(events);
  if ('problem' in recorded) throw new Error(recorded.problem);
  const judgements = judgeClaim(said, recorded.value, CASES);
  const files: Bundle = new Map([
    [EVENTS, Buffer.from(events)],
    [STATEMENT, Buffer.from(json(said))],
    [KERNEL_LOG, Buffer.from('uio: hello\n')],
  ]);
  for (const [path, text] of derivedFiles(said, recorded.value, judgements))
    files.set(path, Buffer.from(text));
  return seal(files);
};

const verify = (files: Bundle, allowed: readonly Waiver[] = [], digest: string | null = null) =>
  verifyBundle(files, { cases: CASES, allowed, digest });
const spoil =
  (id: string, verdict: CaseRecord['verdict']) =>
  (record: CaseRecord): CaseRecord =>
    record.id === id ? { ...record, verdict, message: 'for a reason' } : record;

describe('a bundle that is whole', () => {
  it('passes what it claims', () => {
    const seen = verify(bundle());
    expect(seen.problems).toEqual([]);
    expect(seen.standing).toBe('passed');
    expect(seen.judgements.map(({ profile, standing }) => `${profile} ${standing}`)).toEqual([
      'core passed',
      'msix passed',
    ]);
    expect(verify(bundle(), [], seen.digest).standing).toBe('passed');
  });

  it('does not look passed when a mandatory case was skipped, failed, or left out', () => {
    expect(verify(bundle(results(spoil('irq.each-vector', 'SKIP')))).standing).toBe('incomplete');
    expect(verify(bundle(results(spoil('irq.each-vector', 'FAIL')))).standing).toBe('failed');
    const without = verify(bundle(results((record) => (record.id === 'arg.closed-fd' ? null : record))));
    expect(without.standing).toBe('incomplete');
    expect(without.judgements[0]?.objections).toMatchObject([{ case: 'arg.closed-fd', verdict: 'absent' }]);
  });

  it('passes with a waiver only where the verifier allows it', () => {
    const waiver = { id: 'W1', device: 'rocker', case: 'irq.each-vector', reason: 'known <erratum>' };
    const files = bundle(results(spoil('irq.each-vector', 'FAIL')), { ...statement, waivers: [waiver] });
    expect(verify(files)).toMatchObject({ standing: 'failed', refusedWaivers: [waiver] });
    expect(verify(files, [waiver])).toMatchObject({ standing: 'waived', refusedWaivers: [] });
    expect(verify(files, [{ ...waiver, device: 'e1000e' }]).standing).toBe('failed');
    expect(Buffer.from(files.get('report.html') ?? []).toString()).toContain('known &lt;erratum&gt;');
  });
});

describe('a bundle that was tampered with', () => {
  it('is told from a whole one whatever byte of whatever file is changed', () => {
    const files = bundle();
    fc.assert(
      fc.property(
        fc.constantFrom(...files.keys()),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (path, at, flip) => {
          const bytes = Buffer.from(files.get(path) ?? []);
          const place = at % bytes.length;
          bytes[place] = (bytes[place] ?? 0) ^ flip;
          expect(verify(new Map(files).set(path, bytes)).problems).not.toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is told from a whole one when a file is missing or added', () => {
    for (const path of bundle().keys()) {
      const files = bundle();
      files.delete(path);
      expect(verify(files).problems.join()).toContain(`${path} is missing`);
    }
    expect(verify(bundle().set('more', Buffer.from(''))).problems).toEqual(['more was added']);
    expect(verify(seal(bundle().set('more', Buffer.from('')))).problems.join()).toContain('none of a bundle');
  });

  it('is told by the digest when all of it was made anew', () => {
    const { digest } = verify(bundle(results(spoil('irq.each-vector', 'FAIL'))));
    expect(verify(bundle(), [], digest).problems.join()).toContain('as was told');
  });

  it.each([
    ['results.json', '"PASS"', '"SKIP"'],
    ['report.html', 'Passed', 'Passed!'],
    ['results.ktap', 'ok 1', 'ok  1'],
    ['results.junit.xml', '0.1', '0.2'],
  ])('sealed again, %s no longer follows from the events', (path, from, to) => {
    const files = bundle();
    const text = Buffer.from(files.get(path) ?? []).toString();
    expect(text).toContain(from);
    files.set(path, Buffer.from(text.replace(from, to)));
    expect(verify(seal(files)).problems.join()).toContain(`${path} does not follow`);
  });

  const withEvents = (change: (text: string) => string) => {
    const files = bundle();
    return verify(seal(files.set(EVENTS, Buffer.from(change(eventsOf(results()))))));
  };
  it.each<[string, (text: string) => string, string]>([
    ['cut off', (text) => text.slice(0, -20), 'cut off'],
    ['without an end', (text) => `${text.split('\n').slice(0, -2).join('\n')}\n`, 'broke off'],
    ['with a count that is wrong', (text) => text.replace('"skipped":0', '"skipped":1'), 'counted again'],
    [
      'with a case of its own',
      (text) => text.replaceAll('irq.replace"', 'irq.other"'),
      'has no case irq.other',
    ],
    ['with a case twice', (text) => text.replaceAll('irq.replace"', 'irq.disarm"'), 'there twice'],
    [
      'with an easier title',
      (text) => text.replace(/"title":"[^"]+"/, '"title":"easy"'),
      "is not the suite's",
    ],
    [
      'of another suite',
      (text) => text.replace(`"suite":"${SUITE_VERSION}"`, '"suite":"9.9.9"'),
      'verify it with',
    ],
    ['with a field of its own', (text) => text.replace('"left":0', '"left":0,"x":1'), '"x" is unknown'],
    [
      'with __proto__',
      (text) => text.replace('"left":0', '"left":0,"__proto__":{}'),
      '"__proto__" is unknown',
    ],
    [
      'with a verdict of its own',
      (text) => text.replace('"verdict":"PASS"', '"verdict":"GOOD"'),
      'expected one of FAIL',
    ],
    ['that are not JSON', (text) => text.replace('{', '['), 'line 1'],
  ])('events %s', (_, change, problem) => {
    expect(withEvents(change).problems.join()).toContain(problem);
  });
});

describe('reading a bundle', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'uio-msi-verify-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is the same from the folder and from the archive', () => {
    const files = bundle();
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(dir, 'b', path)), { recursive: true });
      writeFileSync(join(dir, 'b', path), bytes);
    }
    const entries = [...files].map(([path, bytes]) => ({ path: `b/${path}`, bytes }));
    writeFileSync(join(dir, 'b.tar.gz'), gzipSync(tar(entries)));
    for (const path of ['b', 'b.tar.gz'])
      expect(verify(new Map(readBundle(join(dir, path))))).toMatchObject({
        problems: [],
        standing: 'passed',
      });
  });

  it('follows no link, and unpacks no bomb', () => {
    mkdirSync(join(dir, 'b'));
    symlinkSync('/etc/passwd', join(dir, 'b', EVENTS));
    expect(() => readBundle(join(dir, 'b'))).toThrow('no plain file');
    writeFileSync(join(dir, 'bomb.gz'), gzipSync(Buffer.alloc(300 * 2 ** 20)));
    expect(() => readBundle(join(dir, 'bomb.gz'))).toThrow('larger than any bundle');
    expect(() => readBundle(join(dir, 'none'))).toThrow('ENOENT');
  });
});
