// SPDX-License-Identifier: MIT
import { CASES } from '../cases/table.js';
import { REFUSALS } from '../pci/refusal.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { type Candidate, listCandidates, listRefused, type Refused } from '../run/select.js';

/** The options of `list`, as commander gives them. */
export interface ListOptions {
  readonly json: boolean;
  /** Paths of provoker files. */
  readonly provoker: readonly string[];
}

/**
 * Prints the devices that the driver would take, what stands in the way of some, and why it would not
 * take the others; then the cases with their clauses.
 */
export const list = ({ json, provoker }: ListOptions): void => {
  const devices = listCandidates(KERNEL_ROOTS, provoker);
  const refused = listRefused(KERNEL_ROOTS);
  if (json) {
    const shown = {
      version: 1,
      devices: devices.map(({ model, slot: _, ...rest }) => ({ ...rest, known: model !== null })),
      refused: refused.map(({ refusal, ...rest }) => ({ ...rest, refusal, reason: REFUSALS[refusal] })),
    };
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return;
  }
  const lines = [
    ...section('Devices that can be tested:', devices.filter(isFree).map(describeDevice)),
    ...section(
      'In use, and left alone without --force:',
      devices.filter((one) => !isFree(one)).map(describeDevice),
    ),
    ...section('Devices that uio_msi does not take:', refused.map(describeRefused)),
    'Cases:',
    ...CASES.map(({ id, clauses, title }) => `  ${id.padEnd(26)} ${clauses.join(' ').padEnd(18)} ${title}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
};

const section = (title: string, lines: readonly string[]): string[] => [
  title,
  ...(lines.length === 0 ? ['  none that this user can see'] : lines),
  '',
];

const isFree = ({ obstacles }: Candidate): boolean => obstacles.length === 0;

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
    `${interrupts}, ${vectors} ${vectors === 1 ? 'vector' : 'vectors'}`,
    driver === null ? 'no driver' : `driver ${driver}`,
    model === null ? 'no provoker: cases that need its interrupts are skipped' : 'known',
    ...obstacles,
  ];
  return `  ${bdf}  ${device.padEnd(10)} ${notes.join(', ')}`;
};

const describeRefused = ({ bdf, id, refusal }: Refused): string =>
  `  ${bdf}  ${id.padEnd(10)} ${REFUSALS[refusal]}`;
