// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { findArch, findMachine, type GuestRecord, STANDARD_MACHINES, startGuest } from '@uio-msi/machine';
import { EXIT } from '@uio-msi/model';
import { exitCodeOf, openArtefacts } from '@uio-msi/pipeline';
import { renderSummary } from '@uio-msi/report';
import type { Outcome } from '../command/spec.js';
import type { CellOptions } from '../commands/options.js';
import type { World } from '../world/world.js';
import { runStages, suiteBundle } from './check.js';

/** Where the guest has the conformance suite. */
const SUITE_FOLDER = '/suite';

/** Enough for a kernel that checks every access, and a dozen processes. */
const MEMORY = 3072;

const DAY = 86_400;
const LIMITS = { ready: 300, total: DAY, silence: DAY };

/** What init itself says; the rest is the job's. */
const INIT_RECORDS: readonly string[] = ['ready', 'module', 'exit'];

/**
 * Builds a cell and runs one command line in it, with the modules loaded and the suite in /suite.
 * What it writes to /run/result, a JSON object a line, is what `--json` gives.
 */
export const runJob = async (options: CellOptions, command: string, world: World): Promise<Outcome> => {
  const result = await runStages(options, ['build'], world);
  const outputs = result.cells[0]?.stages.find(({ stage }) => stage === 'build')?.outputs;
  if (outputs?.['artefacts'] === undefined)
    return {
      exitCode: exitCodeOf(result.verdict),
      text: renderSummary(result, { colour: world.color, report: null }).trimEnd(),
      json: result,
    };
  const state = await world.openState();
  const { image, modules } = openArtefacts(state, outputs);
  const consoleLog = state.path('runs', result.run, 'logs', 'job.console');
  const records: GuestRecord[] = [];
  const session = await startGuest(
    {
      arch: findArch('x86_64'),
      image,
      machine: findMachine((options.machines ?? STANDARD_MACHINES)[0] ?? ''),
      modules,
      memory: MEMORY,
      files: [{ source: await suiteBundle(world.root), target: SUITE_FOLDER }],
      job: ['sh', '-c', command],
      limits: LIMITS,
      consoleLog,
      onRecord: (record) => {
        if (!INIT_RECORDS.includes(record.type)) records.push(record);
      },
    },
    { state, progress: world.progress, signal: world.signal },
  );
  const { message, exitCode, splats } = await session.done;
  const wrote = jobLines(await readFile(consoleLog, 'utf8'));
  const trouble = splats.map(({ title }) => `kernel: ${title}`);
  return {
    exitCode: exitCode === 0 && splats.length === 0 ? EXIT.good : EXIT.failures,
    text: [...wrote, ...trouble, `${message}; exit code ${exitCode}; console: ${consoleLog}`].join('\n'),
    json: { version: 1, message, exitCode, splats: splats.map(({ title }) => title), records },
  };
};

/** What a job wrote to the console, among the kernel's own lines. Pure. */
export const jobLines = (console: string): string[] => {
  const lines = console.split(/\r*\n/);
  const begin = lines.findIndex((line) => /Run \/init as init process/.test(line));
  return lines.slice(begin + 1).filter((line) => line !== '' && !/^\[ *\d+\.\d+\] /.test(line));
};
