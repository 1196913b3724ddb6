// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Bundle,
  bundle,
  device,
  eventsOf,
  results,
  seal,
  sealed,
  spoil,
  statement,
} from '../../test/bundle.js';
import { tar } from '../archive/tar.js';
import { CASES } from '../cases/table.js';
import type { Waiver } from '../profiles/waivers.js';
import type { RatesRecord } from '../report/records.js';
import { SUITE_VERSION } from '../version.js';
import { EVENTS } from './layout.js';
import { parseEvents } from './parse.js';
import { readBundle } from './read.js';
import { verifyBundle } from './verify.js';

const verify = (files: Bundle, allowed: readonly Waiver[] = [], digest: string | null = null) =>
  verifyBundle(files, { cases: CASES, allowed, digest });
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

  it('passes without what a good machine may lack, and says what that was', () => {
    const files = bundle(results(spoil('compat.every-operation', 'SKIP')));
    expect(verify(files)).toMatchObject({
      standing: 'passed',
      judgements: [{ lacking: [{ case: 'compat.every-operation' }] }, { lacking: [] }],
    });
    expect(Buffer.from(files.get('report.html') ?? []).toString()).toMatch(
      /<td>(\d+) of \d+ \(1 cannot be tried here\)<\/td>.*Cannot be tried here: compat\.every-operation on rocker/,
    );
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

describe('a bundle with a provoker', () => {
  const [tested] = statement.devices;
  const withProvoker = (provoker: string | null) =>
    verify(
      bundle(results(), { ...statement, devices: tested === undefined ? [] : [{ ...tested, provoker }] }),
    );

  it('shows it, and passes with it and without', () => {
    expect(Buffer.from(bundle().get('report.html') ?? []).toString()).toContain('write: 0x20 # TEST_IRQ');
    expect(withProvoker(null).standing).toBe('passed');
  });

  it('is no bundle when that is no provoker, or not one for the device', () => {
    expect(withProvoker('rocker').problems).toEqual([
      expect.stringMatching(/^statement\.json: the provoker of .*expected a provoker/),
    ]);
    const other = (tested?.provoker ?? '').replace('1b36:0006', '1b36:0007');
    expect(withProvoker(other).problems).toEqual([expect.stringContaining('is not for 1b36:0006')]);
  });
});

describe('a bundle with measurements', () => {
  const rate = {
    vector: 0,
    samples: 9,
    p50: 0.00012,
    p90: 0.0002,
    p99: 0.0003,
    longest: 0.0004,
    perSecond: 7000,
  };
  const measured: RatesRecord = { type: 'rates', ...device, by: 'device', rates: [rate] };
  const withRates = (...rates: readonly RatesRecord[]) => {
    const lines = eventsOf(results()).split('\n');
    lines.splice(-2, 0, ...rates.map((record) => JSON.stringify(record)));
    return lines.join('\n');
  };

  it('shows them, and is the same in verdict and standing', () => {
    const files = sealed(withRates(measured));
    expect(verify(files)).toMatchObject({ problems: [], standing: 'passed' });
    expect(Buffer.from(files.get('report.html') ?? []).toString()).toContain('<td>120.0</td><td>200.0</td>');
  });

  it('is refused when one device has two, or one that is not there has one', () => {
    expect(parseEvents(withRates(measured, measured))).toMatchObject({
      problem: expect.stringContaining('measured twice'),
    });
    expect(parseEvents(withRates({ ...measured, vectors: 9 }))).toMatchObject({
      problem: expect.stringContaining('not among the devices'),
    });
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
    [
      'with results of a device that cannot have them',
      (text) => text.replaceAll('"vectors":4', '"vectors":1'),
      'needs two vectors, the device has 1',
    ],
    [
      'with interrupts of a device that nobody can provoke',
      (text) => text.replaceAll('"device":"rocker"', '"device":"1b36:0006"'),
      'knows no way to make this device raise',
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
    // Members one behind the other are one file: RFC 1952, 2.2.
    const member = gzipSync(Buffer.alloc(2 ** 24), { level: 1 });
    writeFileSync(join(dir, 'bomb.gz'), Buffer.concat(Array(20).fill(member)));
    expect(() => readBundle(join(dir, 'bomb.gz'))).toThrow('larger than any bundle');
    expect(() => readBundle(join(dir, 'none'))).toThrow('ENOENT');
  });

  it('is the same from an archive of what is in the folder, and through a link to it', () => {
    for (const [path, bytes] of bundle()) {
      mkdirSync(dirname(join(dir, 'b', path)), { recursive: true });
      writeFileSync(join(dir, 'b', path), bytes);
    }
    execFileSync('tar', ['--format=ustar', '-czf', join(dir, 'in.tgz'), '-C', join(dir, 'b'), '.']);
    symlinkSync('b', join(dir, 'link'));
    for (const path of ['in.tgz', 'link'])
      expect(verify(new Map(readBundle(join(dir, path))))).toMatchObject({ standing: 'passed' });
  });

  it('says what was expected of what is no bundle, and waits for nothing', () => {
    writeFileSync(join(dir, 'b.zip'), 'PK\x03\x04'.padEnd(2000, 'x'));
    expect(() => readBundle(join(dir, 'b.zip'))).toThrow('expected a folder, or a tar archive of one');
    execFileSync('mkfifo', [join(dir, 'fifo')]);
    for (const path of [join(dir, 'fifo'), '/dev/zero'])
      expect(() => readBundle(path)).toThrow('neither a folder nor a plain file');
    mkdirSync(join(dir, 'p'));
    writeFileSync(join(dir, 'p/f'), '');
    execFileSync('tar', ['--format=pax', '--pax-option=a:=b', '-cf', join(dir, 'p.tar'), '-C', dir, 'p']);
    expect(() => readBundle(join(dir, 'p.tar'))).toThrow('tar --format=ustar, or give the folder itself');
  });
});
