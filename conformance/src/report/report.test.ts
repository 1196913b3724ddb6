// SPDX-License-Identifier: MIT
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EnvironmentError } from '../errors.js';
import { createJsonReporter } from './json.js';
import { createKtapReporter } from './ktap.js';
import type { CaseRecord, DoneRecord, SuiteRecord } from './records.js';
import type { Reporter } from './reporter.js';
import { createStreamReporter } from './stream.js';

const rocker = { device: 'rocker', bdf: '0000:00:03.0', vectors: 4, interrupts: 'msix' } as const;
const e1000e = { device: 'e1000e', bdf: '0000:00:04.0', vectors: 5, interrupts: 'msix' } as const;
const suite: SuiteRecord = {
  type: 'suite',
  depth: 'quick',
  left: 3,
  version: 1,
  suite: '0.2.0',
  kernel: '7.2.6',
  devices: [rocker, e1000e],
};
const passed: CaseRecord = {
  ...rocker,
  type: 'case',
  id: 'irq.replace',
  title: 'replaces',
  clauses: ['IRQ-04'],
  verdict: 'PASS',
  seconds: 0.02,
  message: null,
  log: null,
};
const failed: CaseRecord = {
  ...passed,
  id: 'irq.disarm',
  verdict: 'FAIL',
  message: 'got 2\nexpected 1',
  log: 'WARNING: x\nCall Trace:',
};
const skipped: CaseRecord = { ...passed, ...e1000e, verdict: 'SKIP', message: 'has no #1\nprovoker' };
const broken: CaseRecord = { ...passed, ...e1000e, id: 'x.y', verdict: 'ERROR', message: 'EMFILE' };
const done: DoneRecord = {
  type: 'done',
  verdict: 'FAIL',
  passed: 1,
  failed: 1,
  errors: 1,
  skipped: 1,
  seconds: 1.5,
};

const play = (reporter: Reporter): void => {
  reporter.suite?.(suite, suite.devices.length);
  reporter.device?.(rocker, 2);
  reporter.start?.({ type: 'start', device: 'rocker', vectors: 4, id: 'irq.replace' });
  reporter.case?.(passed);
  reporter.case?.(failed);
  reporter.deviceDone?.();
  reporter.device?.(e1000e, 2);
  reporter.case?.(skipped);
  reporter.case?.(broken);
  reporter.deviceDone?.();
  reporter.done?.(done);
};

const scratch = (): string => mkdtempSync(join(tmpdir(), 'uio-msi-report-'));

it('KTAP: versions, plans, nesting, directives, diagnostics before their result', () => {
  let text = '';
  play(createKtapReporter((part) => (text += part)));
  expect(text).toBe(`KTAP version 1
1..2
# uio-msi-conformance 0.2.0 on Linux 7.2.6
# depth quick: 3 runs of cases left to greater depths and other machines
  KTAP version 1
  # Subtest: rocker 0000:00:03.0 4 vectors
  1..2
  ok 1 irq.replace
  # got 2
  # expected 1
  # IRQ-04: replaces
  #   WARNING: x
  #   Call Trace:
  not ok 2 irq.disarm
not ok 1 rocker 0000:00:03.0 4 vectors
  KTAP version 1
  # Subtest: e1000e 0000:00:04.0 5 vectors
  1..2
  ok 1 irq.replace # SKIP has no 1
  # EMFILE
  # IRQ-04: replaces
  not ok 2 x.y # ERROR EMFILE
not ok 2 e1000e 0000:00:04.0 5 vectors
# FAIL: 1 passed, 1 failed, 1 errors, 1 skipped in 1.5 s
`);
});

it('KTAP: what never ran is an error, what never returned a time-out', () => {
  let text = '';
  const reporter = createKtapReporter((part) => (text += part));
  reporter.device?.(rocker, 2);
  reporter.case?.({ ...passed, verdict: 'FAIL', message: 'No result within 20 s. Last step: close' });
  reporter.case?.({ ...passed, id: 'x.y', verdict: 'MISS', message: 'not run: interrupted' });
  reporter.deviceDone?.();
  expect(text).toContain('  not ok 1 irq.replace # TIMEOUT No result within 20 s. Last step: close\n');
  expect(text).toContain('  not ok 2 x.y # ERROR not run: interrupted\nnot ok 1 rocker');
});

it('stream: a line of JSON each, written before the reporter returns', () => {
  const file = join(scratch(), 'stream');
  const fd = openSync(file, 'w');
  const reporter = createStreamReporter(fd, file);
  reporter.suite?.(suite, suite.devices.length);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(suite);
  reporter.case?.(failed);
  reporter.done?.(done);
  closeSync(fd);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([suite, failed, done]);
});

it('stream: a full device is an error of the environment', () => {
  const reporter = createStreamReporter(openSync('/dev/full', 'w'), '/dev/full');
  expect(() => reporter.suite?.(suite, suite.devices.length)).toThrow(
    'Cannot write the results to /dev/full: ENOSPC',
  );
});

describe('JSON', () => {
  it('says at once that its file cannot be written', () => {
    expect(() => createJsonReporter('/nonexistent/r.json')).toThrow(EnvironmentError);
    expect(() => createJsonReporter('/nonexistent/r.json')).toThrow('/nonexistent/r.json: ENOENT');
  });

  it('has everything in one document', () => {
    const folder = scratch();
    play(createJsonReporter(join(folder, 'result.json')));
    const document = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'));
    expect(document).toMatchObject({
      version: 1,
      suite: '0.2.0',
      kernel: '7.2.6',
      verdict: 'FAIL',
      failed: 1,
    });
    expect(document.cases.map((c: CaseRecord) => c.verdict)).toEqual(['PASS', 'FAIL', 'SKIP', 'ERROR']);
    expect(readdirSync(folder)).toEqual(['result.json']);
  });

  it('leaves no file when the run did not come to its end', () => {
    const folder = scratch();
    const reporter = createJsonReporter(join(folder, 'result.json'));
    reporter.suite?.(suite, suite.devices.length);
    reporter.case?.(passed);
    expect(readdirSync(folder)).toEqual([]);
  });
});
