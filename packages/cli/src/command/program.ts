// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '@uio-msi/model';
import { Command as Commander, CommanderError, Option } from 'commander';
import { COMMANDS } from '../commands/index.js';
import { explainError, usageError } from '../output/errors.js';
import { ROOT } from '../world/root.js';
import { execute } from './execute.js';
import { GLOBAL_OPTIONS, type GlobalOptions } from './globals.js';
import type { Command, CommandGroup, OptionSpec } from './spec.js';

const PROGRAM = './uio-msi';

const toOption = ({ flags, summary, parse, fallback }: OptionSpec): Option => {
  const option = new Option(flags, summary);
  if (parse) option.argParser(parse);
  return fallback === undefined ? option : option.default(parse ? parse(fallback) : fallback, fallback);
};

const exampleText = (examples: Command['examples']): string =>
  ['', 'Examples:', ...examples.map(([line, does]) => `  $ ${PROGRAM} ${line}\n      ${does}`)].join('\n');

const addCommand = (parent: Commander, spec: Command, settle: (exitCode: number) => void): void => {
  const command = parent.command(spec.name).description(spec.summary);
  for (const { name, summary } of [...(spec.argument ? [spec.argument] : []), ...(spec.more ?? [])])
    command.argument(name, summary);
  for (const option of spec.options) command.addOption(toOption(option));
  command.addHelpText('after', exampleText(spec.examples));
  command.action(async () => {
    const options = command.optsWithGlobals<GlobalOptions>();
    settle(await execute(spec, options, command.args));
  });
  for (const inner of spec.subcommands ?? []) addCommand(command, inner, settle);
};

const addGroup = (parent: Commander, group: CommandGroup, settle: (exitCode: number) => void): void => {
  const command = parent.command(group.name).description(group.summary);
  for (const spec of group.commands) addCommand(command, spec, settle);
  command.addHelpText('after', exampleText(group.commands.flatMap(({ examples }) => examples.slice(0, 1))));
};

const version = (): string => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

const buildProgram = (settle: (exitCode: number) => void): Commander => {
  const program = new Commander(PROGRAM)
    .description(
      'Carries the uio_msi driver upstream: applies, checks, builds, boots and exercises the series.',
    )
    .version(version())
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => {} }) // shown by usageError instead
    .exitOverride();
  for (const option of GLOBAL_OPTIONS) program.addOption(toOption(option));
  for (const entry of COMMANDS)
    'commands' in entry ? addGroup(program, entry, settle) : addCommand(program, entry, settle);
  return program.addHelpText('after', exampleText([['check', 'the main job, on the newest kernel']]));
};

/** Runs one command line and gives the exit code; every error has been shown by then. */
export const runCommandLine = async (args: readonly string[]): Promise<number> => {
  let exitCode: number = EXIT.good;
  const program = buildProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.good; // --help, --version
    const shown = error instanceof CommanderError ? usageError(error, namedBy(program, args)) : error;
    const explained = explainError(shown, args.includes('-v') || args.includes('--verbose'));
    process.stderr.write(explained.text);
    return explained.exitCode;
  }
  return exitCode;
};

// `series refresh`, of all that was typed, also behind options.
const namedBy = (command: Commander, [word = '', ...rest]: readonly string[]): string[] => {
  const [name = '', value] = word.split('=', 2);
  const option = command.options.find(({ short, long }) => name === short || name === long);
  if (option) return namedBy(command, rest.slice(option.required && value === undefined ? 1 : 0));
  const named = command.commands.find((one) => one.name() === word);
  return named ? [word, ...namedBy(named, rest)] : [];
};
