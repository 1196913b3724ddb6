// SPDX-License-Identifier: MIT
import { defineCommand, type OptionSpec } from '../command/spec.js';
import { STEP_NAMES, type StepName } from '../selftest/names.js';
import { listOf, YES } from './options.js';

/** `--only`: what to run. */
export const ONLY: OptionSpec = {
  flags: '--only <list>',
  summary: `some of ${STEP_NAMES.join(',')}`,
  parse: listOf('step', STEP_NAMES),
};

/** The project's own tests. */
export const test = defineCommand<{ readonly only?: readonly StepName[] }>({
  name: 'test',
  summary: "run the project's own tests, all of them, and say how many passed",
  options: [ONLY, YES],
  examples: [
    ['test', 'installs what they need, then everything up to a real kernel in a guest'],
    ['test --only lint,types,unit', 'a minute instead of twenty'],
  ],
  async run(options, world) {
    const { runTests } = await import('../selftest/run.js');
    return runTests(world, options.only ?? null);
  },
});
