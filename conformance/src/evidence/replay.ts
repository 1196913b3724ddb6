// SPDX-License-Identifier: MIT
import { createKtapReporter } from '../report/ktap.js';
import type { CaseRecord, DoneRecord, RunDocument, SuiteRecord } from '../report/records.js';

/** A run as its records tell it. */
export interface Recorded {
  readonly suite: SuiteRecord;
  readonly cases: readonly CaseRecord[];
  readonly done: DoneRecord;
}

/** The document that `--json` writes of the same run. Pure. */
export const documentOf = ({ suite, cases, done }: Recorded): RunDocument => {
  const { type: _, ...head } = suite;
  const { type: __, ...end } = done;
  return { ...head, ...end, cases: cases.map(({ type: ___, ...rest }) => rest) };
};

/** The KTAP that the run printed. Pure. */
export const ktapOf = ({ suite, cases, done }: Recorded): string => {
  let text = '';
  const reporter = createKtapReporter((piece) => {
    text += piece;
  });
  reporter.suite?.(suite);
  for (const device of suite.devices) {
    const own = cases.filter(({ bdf }) => bdf === device.bdf);
    reporter.device?.(device, own.length);
    for (const record of own) reporter.case?.(record);
    reporter.deviceDone?.();
  }
  reporter.done?.(done);
  return text;
};
