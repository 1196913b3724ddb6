// SPDX-License-Identifier: MIT
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { contentKey, openState, type State } from '@uio-msi/host';
import { type StageResult, VERDICTS } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ledger, openLedger, openLedgerIndex } from './ledger.js';

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

it('still knows what it was given when an entry was one line', async () => {
  await ledger.put('key', result, null);
  await writeFile(entry(), JSON.stringify({ version: 1, digest: contentKey(result), result }));
  expect(await ledger.get('apply', 'key')).toEqual(result);
  expect(openLedgerIndex(state).brief('apply', 'key')).toMatchObject({ outputs: { tree: 'abc' } });
  await writeFile(entry(), JSON.stringify({ version: 1, digest: contentKey({}), result }));
  expect(await ledger.get('apply', 'key')).toBeNull();
});

describe('an index of it', () => {
  const brief = { stage: 'apply', verdict: 'PASS', reason: null, seconds: 0.2, outputs: { tree: 'abc' } };
  const finding = {
    tool: 'gcc',
    kind: 'k',
    severity: 'warning',
    file: 'a.c',
    line: 1,
    message: 'm',
  } as const;

  it('tells what came of a stage, and reads no more than that', async () => {
    await ledger.put('key', { ...result, findings: Array.from({ length: 10_000 }, () => finding) }, null);
    expect(openLedgerIndex(state).brief('apply', 'key')).toEqual(brief);
    const [first = ''] = (await readFile(entry(), 'utf8')).split('\n');
    await writeFile(entry(), `${first}\n`);
    expect(openLedgerIndex(state).brief('apply', 'key')).toEqual(brief);
    expect(await ledger.get('apply', 'key')).toBeNull();
  });

  it('knows nothing by another key, for another stage, or of what is damaged', async () => {
    expect(openLedgerIndex(state).brief('apply', 'key')).toBeNull();
    await ledger.put('key', result, null);
    await cp(entry(), state.path('ledger', 'build', 'key.json'));
    const index = openLedgerIndex(state);
    expect([index.brief('apply', 'other'), index.brief('build', 'key')]).toEqual([null, null]);
    await writeFile(entry(), (await readFile(entry(), 'utf8')).replace('"PASS"', '"FAIL"'));
    expect(index.brief('apply', 'key')).toBeNull();
    await rm(entry());
    expect(index.brief('apply', 'key')).toBeNull();
  });

  it('knows what has a long reason', async () => {
    const reason = '\u00e4\n'.repeat(5000);
    await ledger.put('key', { ...result, verdict: 'FAIL', reason }, null);
    expect(openLedgerIndex(state).brief('apply', 'key')).toMatchObject({ verdict: 'FAIL', reason });
  });
});
