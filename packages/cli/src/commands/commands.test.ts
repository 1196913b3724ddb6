// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import { describe, expect, it } from 'vitest';
import { STEP_NAMES } from '../selftest/names.js';
import { testSteps } from '../selftest/steps.js';
import { ROOT } from '../world/root.js';
import { COMMANDS } from './index.js';
import { KERNELS, STAGE_LIST } from './options.js';
import { ONLY } from './test.js';

const commands = COMMANDS.flatMap((entry) =>
  'commands' in entry ? entry.commands : [entry, ...(entry.subcommands ?? [])],
);

describe('every command', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    '%s has a summary and examples that run it',
    (name, command) => {
      expect(command.summary).not.toBe('');
      expect(command.examples.length).toBeGreaterThan(0);
      for (const [line] of command.examples) expect(line.split(' ')).toContain(name);
    },
  );
});

describe('lists', () => {
  it('are split at commas, without white space and empty items', () => {
    expect(KERNELS.parse?.('6.12, 7.2,')).toEqual(['6.12', '7.2']);
  });

  it('of stages know the stages', () => {
    expect(STAGE_LIST.parse?.('apply,build')).toEqual(['apply', 'build']);
    expect(() => STAGE_LIST.parse?.('apply,bild')).toThrow(UserError);
  });

  it.each([
    [KERNELS, ','],
    [KERNELS, ''],
    [STAGE_LIST, ''],
    [STAGE_LIST, ' , '],
    [ONLY, ','],
    [ONLY, 'unti'],
  ])('%j of %j is refused: with nothing to do, everything would pass', ({ parse }, text) => {
    expect(() => parse?.(text)).toThrow(UserError);
  });

  it('of test steps are those that there are', async () => {
    expect((await testSteps(ROOT)).map(({ name }) => name)).toEqual(STEP_NAMES);
  });
});
