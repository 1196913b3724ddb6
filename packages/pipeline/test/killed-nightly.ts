// SPDX-License-Identifier: MIT
// A run of several cells in a process of its own: STATE BEGUN. It writes each stage that it begins
// into the file BEGUN; stages take a few milliseconds, one of them in a child.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openState, run } from '@uio-msi/host';
import { STAGES, silent } from '@uio-msi/model';
import { runCells } from '../src/run/run.js';
import { defineStage } from '../src/stage/stage.js';
import { fakeCell } from './fake-cell.js';

const [folder = '', begun = ''] = process.argv.slice(2);
const table = STAGES.map((name, at) =>
  defineStage({
    name,
    version: 1,
    needs: STAGES.slice(Math.max(0, at - 1), at),
    key: async ({ planned }) => planned.key,
    run: async ({ planned }, { signal, lock }) => {
      appendFileSync(begun, `${planned.key} ${name}\n`);
      if (name === 'build') await run('sh', ['-c', 'sleep 0.02; echo built'], { signal, lock });
      else await sleep(5);
      const bad = planned.cell.kernel === '9.0.7' && name === 'conform';
      return {
        verdict: bad ? 'FAIL' : 'PASS',
        reason: bad ? 'always' : null,
        outputs: { stage: name, cell: planned.key },
      };
    },
  }),
);
const { run: id, cells } = await runCells({
  state: await openState(folder),
  cells: ['9.1.0', '9.0.7', '8.0.1'].map((version) => fakeCell(version)),
  stages: null,
  command: 'test',
  suiteBundle: () => Promise.reject(new Error('there is no suite')),
  progress: silent,
  signal: new AbortController().signal,
  tier: 'nightly',
  retry: true,
  table,
});
console.log(
  JSON.stringify({
    run: id,
    cells: cells.map(({ key, stages }) => [key, stages.map(({ verdict, outputs }) => [verdict, outputs])]),
  }),
);
