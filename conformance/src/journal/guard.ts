// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { closeJournal, readJournal } from './journal.js';
import { awaitGone } from './owner.js';
import { restore } from './restore.js';

/** A second process that gives back what this one borrowed, should this one be killed. */
export interface Guard {
  /** It is not needed any more: everything is back, or it was told how to get there. */
  dismiss(): void;
}

const DISMISSED = 'dismissed';

/** How long a process that is being killed may take to end. */
const ENDS_WITHIN_MS = 10_000;

/**
 * Starts the guard: this very program again, in a session of its own, so that neither a Ctrl-C nor
 * the end of the terminal reaches it. It waits for the end of its standard input.
 */
export const startGuard = (entry: string): Guard => {
  const child = spawn(process.execPath, [entry, 'guard'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.on('error', () => undefined); // without it, the journal and `restore` are left
  child.stdin.on('error', () => undefined);
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return { dismiss: () => void child.stdin.end(DISMISSED) };
};

/** What the guard does: nothing, unless its owner is gone and left its journal behind. */
export const runGuard = async (): Promise<number> => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.stderr.on('error', () => undefined);
  let said = '';
  for await (const piece of process.stdin) said += String(piece);
  if (said === DISMISSED) return 0;
  const journal = readJournal(KERNEL_ROOTS);
  if (journal === null) return 0;
  // Its end of the pipe goes before the process does.
  if (!(await awaitGone(journal.owner, KERNEL_ROOTS, ENDS_WITHIN_MS))) {
    process.stderr.write(
      `uio-msi-conformance: process ${journal.owner.pid} does not end; when it has: uio-msi-conformance restore\n`,
    );
    return 3;
  }
  const { problems } = restore(journal, KERNEL_ROOTS);
  for (const problem of problems) process.stderr.write(`uio-msi-conformance: giving back: ${problem}\n`);
  if (problems.length > 0) {
    process.stderr.write('uio-msi-conformance: try again later: uio-msi-conformance restore\n');
    return 3;
  }
  closeJournal();
  process.stderr.write('uio-msi-conformance: the run was killed; the devices were given back\n');
  return 0;
};
