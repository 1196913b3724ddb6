// SPDX-License-Identifier: MIT
// A run in a process of its own: STATE DID [HANG]. It writes each stage it begins into the file
// DID and stays in the stage HANG for ever.
import { appendFileSync } from 'node:fs';
import { openState } from '@uio-msi/host';
import { silent } from '@uio-msi/model';
import { runCells } from '../src/run/run.js';
import { fakeCell } from './fake-cell.js';
import { fakeStages } from './fake-stages.js';

const [folder = '', did = '', hang] = process.argv.slice(2);
const table = fakeStages(async (stage) => {
  appendFileSync(did, `${stage}\n`);
  if (stage === hang) await new Promise((resolve) => setTimeout(resolve, 600_000));
  return {};
});
const { cells } = await runCells({
  state: await openState(folder),
  cells: [fakeCell()],
  stages: null,
  command: 'test',
  suiteBundle: () => Promise.reject(new Error('there is no suite')),
  progress: silent,
  signal: new AbortController().signal,
  table,
});
console.log(
  JSON.stringify(cells.map(({ stages }) => stages.map(({ verdict, outputs }) => [verdict, outputs]))),
);
