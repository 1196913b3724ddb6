// SPDX-License-Identifier: MIT
import { EnvironmentError, Interrupted, UserError } from '@uio-msi/model';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { explainError, usageError } from './errors.js';

const explanation = { code: 'x', message: 'what happened', why: 'first\nsecond', next: 'do this' };

describe('explainError', () => {
  it('says what, why and what next, without a stack', () => {
    expect(explainError(new EnvironmentError(explanation), false)).toEqual({
      text: 'error: what happened\n  why: first\n    second\n  next: do this\n',
      exitCode: 3,
    });
  });

  it('shows the stack when asked', () => {
    expect(explainError(new UserError(explanation), true).text).toMatch(/\n {4}at /);
  });

  it.each([
    [new UserError(explanation), 2],
    [new Interrupted('SIGINT'), 130],
    [new TypeError('a bug'), 70],
    ['thrown text', 70],
  ])('%s exits with %i', (error, exitCode) => {
    expect(explainError(error, false).exitCode).toBe(exitCode);
  });

  it('lets no escape sequence through', () => {
    const hostile = { code: 'x', message: 'a\u001b[2J', why: 'b\u001b]0;t\u0007' };
    expect(explainError(new UserError(hostile), false).text).toBe(
      'error: a\ufffd[2J\n  why: b\ufffd]0;t\ufffd\n',
    );
  });

  it('calls what nobody foresaw a bug, with its stack', () => {
    expect(explainError(new TypeError('oops'), false).text).toMatch(/^bug: [\s\S]*TypeError: oops\n {4}at /);
  });
});

describe('usageError', () => {
  it('turns a guess of commander into what to do next', () => {
    const error = new CommanderError(
      1,
      'commander.unknownCommand',
      "error: unknown command 'chekc'\n(Did you mean check?)",
    );
    expect(usageError(error)).toMatchObject({
      message: "unknown command 'chekc'",
      next: 'did you mean check?',
      exitCode: 2,
    });
  });

  it('leads to the help of the command that was meant', () => {
    const error = new CommanderError(1, 'commander.excessArguments', 'error: too many arguments');
    expect(usageError(error).next).toBe('see ./uio-msi --help');
    expect(usageError(error, ['series', 'refresh']).next).toBe('see ./uio-msi series refresh --help');
  });
});
