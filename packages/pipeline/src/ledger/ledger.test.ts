// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openState, type State } from '@uio-msi/host';
import { type StageResult, VERDICTS } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Ledger, openLedger } from './ledger.js';

let state: State;
let ledger: Ledger;
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-ledger-')));
  ledger = openLedger(state);
});
afterEach(() => rm(state.dir, { recursive: true }));

const result: StageResult = {
  stage: 'apply',
  verdict: 'PASS',
  seconds: 0.2,
  cached: false,
  reason: null,
  reproduce: './uio-msi check',
  log: null,
  findings: [],
  outputs: { tree: 'abc' },
};
const entry = () => state.path('ledger', 'apply', 'key.json');

it('gives back what it was given', async () => {
  await ledger.put('key', result, null);
  expect(await ledger.get('apply', 'key')).toEqual(result);
});

it('knows nothing by another key or for another stage', async () => {
  await ledger.put('key', result, null);
  expect(await ledger.get('apply', 'other')).toBeNull();
  expect(await ledger.get('build', 'key')).toBeNull();
});

it('keeps what the code decided and never what the machine did', async () => {
  const kept = [];
  for (const verdict of VERDICTS) {
    await ledger.put(verdict, { ...result, verdict }, null);
    if (await ledger.get('apply', verdict)) kept.push(verdict);
  }
  expect(kept).toEqual(['FAIL', 'PASS']);
});

it('keeps the log beside it, compressed, and leaves nothing else', async () => {
  const log = join(state.dir, 'a.log');
  await writeFile(log, 'hello\n'.repeat(1000));
  const { log: kept } = await ledger.put('key', result, log);
  expect(kept).toBe('ledger/apply/key.log.gz');
  expect(gunzipSync(await readFile(state.path(kept ?? ''))).toString()).toBe('hello\n'.repeat(1000));
  expect((await ledger.get('apply', 'key'))?.log).toBe(kept);
  expect((await readdir(state.path('ledger', 'apply'))).sort()).toEqual(['key.json', 'key.log.gz']);
});

it('has no log when the stage wrote none', async () => {
  expect((await ledger.put('key', result, join(state.dir, 'none.log'))).log).toBeNull();
});

it.each([
  ['cut short', () => truncate(entry(), 40)],
  ['empty', () => truncate(entry(), 0)],
  ['not ours', () => writeFile(entry(), '[]')],
  ['null', () => writeFile(entry(), 'null')],
  ['changed', async () => writeFile(entry(), (await readFile(entry(), 'utf8')).replace('"PASS"', '"FAIL"'))],
])('takes a damaged entry for none, and replaces it: %s', async (_, damage) => {
  await ledger.put('key', result, null);
  await damage();
  expect(await ledger.get('apply', 'key')).toBeNull();
  await ledger.put('key', result, null);
  expect(await ledger.get('apply', 'key')).toEqual(result);
});
