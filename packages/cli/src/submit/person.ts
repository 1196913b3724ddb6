// SPDX-License-Identifier: MIT
import { createInterface } from 'node:readline/promises';
import { Interrupted } from '@uio-msi/model';
import { printable } from '../output/printable.js';
import type { World } from '../world/world.js';

/** Where a question is shown and answered. */
export interface Console {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

const OURS: Console = { input: process.stdin, output: process.stderr };

/**
 * Whoever sits at the terminal, asked in words. `--yes` means nothing here. The end of the input
 * (Ctrl-D) is an empty answer; Ctrl-C ends the command.
 */
export const personAt = ({ caller, signal }: Pick<World, 'caller' | 'signal'>, { input, output } = OURS) => ({
  terminal: caller.terminal,
  /** @throws {Interrupted} on Ctrl-C */
  ask: async (question: string): Promise<string> => {
    const terminal = createInterface({ input, output, terminal: caller.terminal });
    try {
      return await new Promise<string>((resolve, reject) => {
        // A terminal that is read takes Ctrl-C for itself: no signal comes of it.
        terminal.once('SIGINT', () => reject(new Interrupted('SIGINT')));
        terminal.once('close', () => resolve(''));
        terminal.question(printable(question), { signal }).then(resolve, (error: Error) => {
          if (error.name !== 'AbortError') reject(error);
          else if (signal.aborted) reject(new Interrupted(String(signal.reason)));
          else resolve('');
        });
      });
    } finally {
      terminal.close();
    }
  },
});
