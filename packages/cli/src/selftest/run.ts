// SPDX-License-Identifier: MIT
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installMissing, run, TOOLS } from '@uio-msi/host';
import { EXIT } from '@uio-msi/model';
import type { Outcome } from '../command/spec.js';
import type { World } from '../world/world.js';
import { type Counts, countLine, single, total } from './counts.js';
import type { StepName } from './names.js';
import { type Step, testSteps } from './steps.js';
import { readVitestResults } from './vitest-results.js';

const countStep = async (step: Step, exitedWell: boolean, root: string): Promise<Counts> => {
  if (step.results.length === 0) return single(exitedWell, step.title);
  const counts = total(await Promise.all(step.results.map((path) => readVitestResults(join(root, path)))));
  // It may fail for a reason that is in no test: a coverage limit, an unhandled rejection.
  return exitedWell || counts.failed > 0
    ? counts
    : total([counts, single(false, `${step.title}: see its log`)]);
};

const runStep = async (step: Step, world: World): Promise<Counts> => {
  const { root, progress, signal, stateDir } = world;
  const log = join(stateDir, 'test', `${step.name}.log`);
  await rm(log, { force: true });
  for (const path of step.results) await rm(join(root, path), { force: true });
  const [program, ...args] = step.command;
  progress({ type: 'begin', id: step.name, title: step.title });
  const { exitCode } = await run(join(root, 'node_modules/.bin', program), args, {
    cwd: root,
    env: {
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      UIO_MSI_STATE: stateDir,
      FORCE_COLOR: '0', // nx would set it for the tests otherwise
    },
    log,
    signal,
    onLine: (line) => {
      if (line.trim()) progress({ type: 'update', id: step.name, text: line });
    },
  });
  const counts = await countStep(step, exitCode === 0, root);
  const verdict = counts.failed > 0 ? 'bad' : 'good';
  progress({ type: 'end', id: step.name, verdict, text: `${countLine(counts)}; log: ${log}` });
  return counts;
};

/** Runs the project's own tests, all of them, and adds them up. */
export const runTests = async (world: World, only: readonly StepName[] | null): Promise<Outcome> => {
  const state = await world.openState();
  await installMissing(TOOLS, world);
  await mkdir(state.path('test'), { recursive: true });
  const counts: Counts[] = [];
  for (const step of await testSteps(world.root))
    if (!only || only.includes(step.name)) counts.push(await runStep(step, world));
  const sum = total(counts);
  return {
    exitCode: sum.failed === 0 && sum.passed > 0 ? EXIT.good : EXIT.failures,
    text: [...sum.failures.map((line) => `FAILED ${line}`), countLine(sum)].join('\n'),
    json: { version: 1, ...sum },
  };
};
