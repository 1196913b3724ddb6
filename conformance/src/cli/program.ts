// SPDX-License-Identifier: MIT
import { Command, CommanderError, Option } from 'commander';
import { SuiteError } from '../errors.js';
import { SHORT_DOSE } from '../model/exploration.js';
import { DEPTH_NAMES } from '../run/depth.js';
import { SUITE_VERSION } from '../version.js';
import { addCalls } from './add-calls.js';
import { addCost } from './add-cost.js';
import { addProvoker } from './add-provoker.js';
import { addRestore } from './add-restore.js';
import { addStress } from './add-stress.js';
import { addVerify } from './add-verify.js';
import { addDeviceOptions, addProvokerOption } from './device-options.js';
import type { ListOptions } from './list.js';
import type { RunOptions } from './run.js';
import { more, positiveNumber, seconds, wholeNumber } from './values.js';

const USAGE = 2;

/** Runs a command line. Gives the exit code; errors are told on standard error. */
export const runCommandLine = async (args: readonly string[]): Promise<number> => {
  let exitCode = 0;
  const program = new Command('uio-msi-conformance')
    .description('Conformance suite of the uio_msi driver, on real or emulated PCI devices')
    .version(SUITE_VERSION)
    .exitOverride();
  const listCommand = program
    .command('list')
    .description('show the devices that could be tested, and the cases');
  addProvokerOption(listCommand)
    .option('--json', 'print the devices as JSON', false)
    .action(async (options: ListOptions) => (await import('./list.js')).list(options));
  const runCommand = program
    .command('run')
    .description('test devices; binds them to uio_msi and gives them back afterwards');
  addDeviceOptions(runCommand)
    .option('--case <glob>', 'only cases whose id matches, as irq.*; may be repeated', more, [])
    .addOption(
      new Option('--depth <depth>', 'on how many devices each case runs: where that matters, or on each')
        .choices(DEPTH_NAMES)
        .default('standard'),
    )
    .addOption(
      new Option('--elsewhere <what...>', 'what another machine runs, and this one need not')
        .choices(['driver', 'msix', 'msi', 'intx'])
        .default([])
        .hideHelp(),
    )
    .option('--json <file>', 'write the results as JSON')
    .option('--stream <path>', 'write a line of JSON for each event, to a file or character device')
    .option('--out <folder>', 'leave a bundle behind: this folder, and an archive of it beside it')
    .option('--profile <name>', 'claim it in the bundle; may be repeated (default: core)', more, [])
    .option('--product <text>', 'what is tested, for the bundle', '')
    .option('--vendor <text>', 'whose it is', '')
    .option('--contact <text>', 'whom to ask', '')
    .option('--waivers <file>', 'cases that need not pass, as JSON: id, device, case, reason of each')
    .option(
      '--timeout <seconds>',
      'the most a case may take; those that do thousands of calls, 2.5 times as much',
      seconds,
      20,
    )
    .option(
      '--operations <n>',
      'how many operations are tried in random order',
      positiveNumber,
      SHORT_DOSE.operations,
    )
    .option('--seed <n>', 'where that begins; another seed tries others', wholeNumber, SHORT_DOSE.seed)
    .option('--rates', 'also measure how long interrupts take, and how many a second there are', false)
    .option('--dry-run', 'say what would be done to the machine, and do nothing', false)
    .option(
      '--disposable',
      'the machine was made for this run: also try what cannot be undone, and devices not named',
      false,
    )
    .addHelpText(
      'after',
      '\nExample:\n  uio-msi-conformance run --device 0000:01:00.0 --out report --profile core --profile msix',
    )
    .addHelpText(
      'after',
      '\nExit: 0 pass, 1 fail, 2 wrong usage, 3 the environment, 4 all skipped, 130 interrupted',
    )
    .action(async (options: RunOptions) => {
      exitCode = await (await import('./run.js')).run(options);
    });
  const settle = (code: number): void => {
    exitCode = code;
  };
  addStress(program, settle);
  addCost(program, settle);
  addCalls(program, settle);
  addVerify(program, settle);
  addRestore(program, settle);
  addProvoker(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    if (!(error instanceof SuiteError)) throw error;
    process.stderr.write(`uio-msi-conformance: ${error.message}\n`);
    return error.exitCode;
  }
};
