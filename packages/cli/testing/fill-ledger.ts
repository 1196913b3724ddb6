// SPDX-License-Identifier: MIT
// node --conditions=@uio-msi/source --import ./tools/register.mjs packages/cli/testing/fill-ledger.ts ROOT STATE
// Gives a ledger all that a checkout's nightly tier asks it for, without building or booting anything:
// the keys are those of the real stages, what they gave is made up.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openContentKey, openState } from '@uio-msi/host';
import { type StageName, type StageResult, silent } from '@uio-msi/model';
import { entryText, openKnown, openTools, STAGE_TABLE } from '@uio-msi/pipeline';
import { openMatrix } from '../src/cells/matrix.js';
import { madeUp } from './made-up.js';

const [root, dir] = process.argv.slice(2);
if (root === undefined || dir === undefined) throw new Error('usage: fill-ledger.ts ROOT STATE');

const { squares } = await openMatrix({ series: 'uio_msi', tier: 'nightly' }, { root });
const cells = squares.flatMap(({ planned }) => planned ?? []);
const state = await openState(dir);
const shared = {
  ...{ state, progress: silent, signal: new AbortController().signal },
  suiteBundle: async () => join(root, 'conformance/dist/bundle'),
};
const tools = openTools(shared);
const keyOf = openContentKey();

// A ledger of ten thousand cells is written in seconds when it need not outlive a power cut.
const write = (path: string, text: string): void => {
  mkdirSync(state.path(path, '..'), { recursive: true });
  writeFileSync(state.path(path), text);
};

const ask = await openKnown(shared);
for (const [at, { stages }] of (await ask(cells, ['apply'])).entries()) {
  const planned = cells[at];
  if (planned === undefined) throw new Error('a cell was asked about and is not there');
  const before = new Map<StageName, StageResult>(stages.map((result) => [result.stage, result]));
  const inputs = {
    ...{ planned, wanted: new Set(STAGE_TABLE.map(({ name }) => name)) },
    output: (stage: StageName, name: string) => before.get(stage)?.outputs[name] ?? '',
    found: (stage: StageName) => before.get(stage) ?? { findings: [] },
  };
  for (const stage of STAGE_TABLE) {
    if (stage.key === null || before.has(stage.name)) continue;
    const key = keyOf([stage.name, stage.version, await stage.key(inputs, tools)]);
    const { result, artefacts } = madeUp(stage.name, key);
    before.set(stage.name, result);
    for (const [path, text] of artefacts) write(path, text);
    write(`ledger/${stage.name}/${key}.json`, entryText(result));
  }
}
console.log(`what ${cells.length} cells gave is in ${state.path('ledger')}`);
