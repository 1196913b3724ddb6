// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import type { Bench } from './bench.js';
import { timed } from './clock.js';

/** How long the command takes to say anything at all. */
export const help: Bench = {
  name: 'help',
  title: 'start-up',
  run: async ({ root }) => {
    const launcher = join(root, 'uio-msi');
    await run(launcher, ['--help']);
    const seconds = await timed(11, () => run(launcher, ['--help']));
    const plain = await timed(11, () => run(process.execPath, ['-e', '0']));
    return [
      {
        what: '`./uio-msi --help`',
        seconds,
        runs: 11,
        plain: { what: '`node -e 0`', seconds: plain },
        goal: 'at most 0.25 s',
        kept: seconds <= 0.25,
      },
    ];
  },
};
