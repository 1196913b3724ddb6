// SPDX-License-Identifier: MIT
import { createInterface } from 'node:readline/promises';
import type { Caller } from '@uio-msi/host';

const ask = async (question: string): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|)$/i.test((await terminal.question(`${question} [Y/n] `)).trim());
  } finally {
    terminal.close();
  }
};

/** Who started us. A build server (`CI` in the environment) has nobody to ask. */
export const findCaller = (yes: boolean): Caller => ({
  yes,
  terminal: Boolean(process.stdin.isTTY && process.stderr.isTTY && !process.env['CI']),
  root: process.getuid?.() === 0,
  ask,
});
