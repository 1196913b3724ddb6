// SPDX-License-Identifier: MIT
// Moves a series, resolves its conflict, and is killed behind a step: JSON STEP. Goes on where it was killed.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { continueRebase, loadSeries, recoverSeries, startRebase } from '../src/index.js';
import { isRebasing } from '../src/rebase/rebase.js';
import { killAtStep } from './kill.js';

const [json = '{}', step = ''] = process.argv.slice(2);
const { dir, tree, store, memory, from, to } = JSON.parse(json);
const context = { store, memory, now: 1_800_000_000, onStep: killAtStep(Number(step)) };
await recoverSeries(dir);
const series = await loadSeries(dir);

const resolve = () => {
  const path = join(tree, 'drivers/a.c');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!text.includes('<<<<<<<')) return;
  writeFileSync(path, text.replace(/^<<<<<<<[\s\S]*>>>>>>> .*\n/m, 'both\n'));
  execFileSync('git', ['-C', tree, 'add', 'drivers/a.c']);
};

const run = async () => {
  if (await isRebasing(tree, series)) {
    resolve();
    return continueRebase(series, tree, context);
  }
  return series.base === to.line ? { done: true } : startRebase(series, from, to, tree, context);
};

for (let round = 0; !(await run()).done; round += 1) if (round > 3) throw new Error('it does not end');
