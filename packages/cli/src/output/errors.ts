// SPDX-License-Identifier: MIT
import { ForeseenError, UserError } from '@uio-msi/model';
import type { CommanderError } from 'commander';
import { printable } from './printable.js';

// The exit code of a bug: none of the contract's, sysexits.h's EX_SOFTWARE.
const EXIT_BUG = 70;

/**
 * A wrong command line, as commander found it, told like every other error.
 *
 * @param command the words that name it, as far as there is one
 */
export const usageError = (error: CommanderError, command: readonly string[] = []): UserError => {
  const [first = '', guess] = error.message.replace(/^error: /, '').split('\n');
  const next = guess?.replace(/^\(Did you mean (.*)\?\)$/, 'did you mean $1?');
  return new UserError({
    code: 'usage',
    message: first === '(outputHelp)' ? 'no command was given' : first,
    next: next ?? `see ${['./uio-msi', ...command, '--help'].join(' ')}`,
  });
};

/** The lines that tell a person about an error, and the exit code that tells a script. */
export const explainError = (error: unknown, verbose: boolean): { text: string; exitCode: number } => {
  if (!(error instanceof ForeseenError)) {
    const stack = error instanceof Error ? error.stack : String(error);
    const text = `bug: this was not foreseen, please report it\n${stack}\n`;
    return { text: printable(text), exitCode: EXIT_BUG };
  }
  const lines = [
    `error: ${error.message}`,
    error.why && `  why: ${indent(error.why)}`,
    error.next && `  next: ${indent(error.next)}`,
    verbose && error.stack,
  ];
  return { text: printable(`${lines.filter(Boolean).join('\n')}\n`), exitCode: error.exitCode };
};

const indent = (text: string): string => text.trimEnd().replaceAll('\n', '\n    ');
