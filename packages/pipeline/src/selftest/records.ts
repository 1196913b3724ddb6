// SPDX-License-Identifier: MIT
import type { GuestRecord } from '@uio-msi/machine';

/** A selftest's program on one kind of device, as the guest tells of it (tools/guest/selftest). */
export interface SelftestRun {
  readonly program: string;
  /** `vendor:device`. */
  readonly id: string;
  /** The program's exit code; null while it has none. */
  readonly code: number | null;
  /** What it wrote. */
  readonly output: string;
}

const NAME = /^[\w.:-]{1,100}$/;

const isName = (value: unknown): value is string => typeof value === 'string' && NAME.test(value);

/** A guest's record as that of a selftest that began, came to one of its tests, or ended; null when it is another's, or damaged. */
export const selftestRun = ({ type, program, id, code, output, test }: GuestRecord): SelftestRun | null => {
  if (!isName(program) || !isName(id)) return null;
  if (type === 'selftest-start') return { program, id, code: null, output: '' };
  if (type === 'selftest-test' && isName(test))
    return { program, id, code: null, output: `#  RUN           ${test} ...\n` };
  if (type !== 'selftest' || !Number.isInteger(code) || typeof output !== 'string') return null;
  return { program, id, code: Number(code), output: Buffer.from(output, 'base64').toString() };
};

/** The runs with one more record: what comes later takes the place of what came before. */
export const addRun = (runs: readonly SelftestRun[], run: SelftestRun): readonly SelftestRun[] => {
  const last = runs.at(-1);
  const ends = last?.code === null && last.program === run.program && last.id === run.id;
  return [...(ends ? runs.slice(0, -1) : runs), run];
};
