// SPDX-License-Identifier: MIT
import { EnvironmentError } from '../errors.js';
import { closeJournal, JOURNAL, readJournal } from '../journal/journal.js';
import { isAlive } from '../journal/owner.js';
import { restore } from '../journal/restore.js';
import { take } from '../pci/steps.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';

/**
 * Gives back what a killed run borrowed.
 *
 * @throws SuiteError when there is a run that still has it, or something could not be given back
 */
export const restoreCommand = ({ dryRun }: { readonly dryRun: boolean }): number => {
  const journal = readJournal(KERNEL_ROOTS);
  if (journal === null) {
    process.stdout.write(`Nothing is lent: there is no ${JOURNAL}\n`);
    return 0;
  }
  if (isAlive(journal.owner, KERNEL_ROOTS) && !dryRun) {
    throw new EnvironmentError(
      `Process ${journal.owner.pid} is at work with these devices. End it (Ctrl-C, or kill ${journal.owner.pid}): it gives them back`,
    );
  }
  const { steps, problems } = restore(journal, KERNEL_ROOTS, dryRun ? () => undefined : take);
  process.stdout.write(steps.map((step) => `${step}\n`).join(''));
  if (problems.length > 0) {
    throw new EnvironmentError(
      `Not everything could be given back: ${problems.join('; ')}. The journal stays: do this again when that is put right`,
    );
  }
  if (!dryRun) closeJournal();
  return 0;
};
