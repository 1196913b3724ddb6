// SPDX-License-Identifier: MIT
import { CASES } from '../cases/table.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { type Candidate, listCandidates } from '../run/select.js';

/** Prints the devices that the driver would take and why one would not be taken, then the cases with their clauses. */
export const list = (): void => {
  const devices = listCandidates(KERNEL_ROOTS);
  const lines = [
    'Devices:',
    ...(devices.length === 0 ? ['  none that this user can see'] : devices.map(describeDevice)),
    '',
    'Cases:',
    ...CASES.map(({ id, clauses, title }) => `  ${id.padEnd(26)} ${clauses.join(' ').padEnd(18)} ${title}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
};

const describeDevice = ({
  bdf,
  device,
  vectors,
  interrupts,
  original: { driver },
  model,
  obstacles,
}: Candidate): string => {
  const notes = [
    `${interrupts}, ${vectors} vectors`,
    driver === null ? 'no driver' : `driver ${driver}`,
    model === null ? 'no provoker: delivery cases are skipped' : 'known',
    ...obstacles,
  ];
  return `  ${bdf}  ${device.padEnd(10)} ${notes.join(', ')}`;
};
