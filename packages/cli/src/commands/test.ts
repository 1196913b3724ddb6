// SPDX-License-Identifier: MIT
import { defineCommand } from '../command/spec.js';
import { list, YES } from './options.js';

/** The project's own tests. */
export const test = defineCommand<{ readonly only?: readonly string[] }>({
  name: 'test',
  summary: "run the project's own tests, all of them, and say how many passed",
  options: [{ flags: '--only <list>', summary: 'some of lint,sync,types,unit,e2e', parse: list }, YES],
  examples: [
    ['test', 'installs what they need, then everything up to a real kernel in a guest'],
    ['test --only lint,types,unit', 'a minute instead of twenty'],
  ],
  async run(options, world) {
    const { runTests } = await import('../selftest/run.js');
    return runTests(world, options.only ?? null);
  },
});
