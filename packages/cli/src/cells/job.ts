// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type GuestRecord, startGuest } from '@uio-msi/machine';
import { EXIT } from '@uio-msi/model';
import type { Outcome } from '../command/spec.js';
import type { GuestOptions } from '../commands/options.js';
import type { World } from '../world/world.js';
import { suiteBundle } from './check.js';
import { buildGuest } from './one-guest.js';

/** Where the guest has the conformance suite. */
const SUITE_FOLDER = '/suite';

/** And what the command line was given besides. */
const FILES_FOLDER = '/files';

/** For what a command line may run beside the suite: a dozen processes, each a Node.js. MiB. */
const PROCESSES = 1024;

/** Seconds. The command may take as long as it likes; a day is for those who forget it. */
const DAY = 86_400;
const READY = 120;

/** What init itself says; the rest is the job's. */
const INIT_RECORDS: readonly string[] = ['ready', 'module', 'exit'];

/** What is run in a guest. */
interface Job {
  readonly command: string;
  /** A file or folder for it. */
  readonly file: string | undefined;
}

/**
 * Builds a cell and runs one command line in it, with the modules loaded and the suite in /suite.
 * What it writes to /run/result, a JSON object a line, is what `--json` gives.
 *
 * @throws {UserError} `more-than-one` when it would take several guests
 */
export const runJob = async (
  options: GuestOptions,
  { command, file }: Job,
  world: World,
): Promise<Outcome> => {
  const built = await buildGuest(options, '--run', world);
  if ('exitCode' in built) return built;
  const { guest, demands, state, run } = built;
  const consoleLog = state.path('runs', run, 'logs', 'job.console');
  const records: GuestRecord[] = [];
  const session = await startGuest(
    {
      ...guest,
      memory: demands.memory + PROCESSES,
      files: [
        { source: await suiteBundle(world.root), target: SUITE_FOLDER },
        ...(file === undefined
          ? []
          : [{ source: resolve(file), target: `${FILES_FOLDER}/${basename(file)}` }]),
      ],
      job: ['sh', '-c', command],
      limits: { ready: READY * demands.patience, total: DAY, silence: DAY },
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
