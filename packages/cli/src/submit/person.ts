// SPDX-License-Identifier: MIT
import { createInterface } from 'node:readline/promises';
import { printable } from '../output/printable.js';
import type { World } from '../world/world.js';

/** Whoever sits at the terminal, asked in words. `--yes` means nothing here. */
export const personAt = ({ caller, signal }: World) => ({
  terminal: caller.terminal,
  ask: async (question: string): Promise<string> => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question(printable(question), { signal });
    } finally {
      terminal.close();
    }
  },
});
