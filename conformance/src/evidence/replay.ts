// SPDX-License-Identifier: MIT
import { createKtapReporter } from '../report/ktap.js';
import type { CaseRecord, DoneRecord, RatesRecord, RunDocument, SuiteRecord } from '../report/records.js';

/** A run as its records tell it. */
export interface Recorded {
  readonly suite: SuiteRecord;
  readonly cases: readonly CaseRecord[];
  readonly rates: readonly RatesRecord[];
  readonly done: DoneRecord;
}

/** The document that `--json` writes of the same run. Pure. */
export const documentOf = ({ suite, cases, rates, done }: Recorded): RunDocument => {
  const { type: _, ...head } = suite;
  const { type: __, ...end } = done;
  return {
    ...head,
    ...end,
    cases: cases.map(({ type: ___, ...rest }) => rest),
    rates: rates.map(({ type: ___, ...rest }) => rest),
  };
};

/** The cases as they follow each other on one device; it may come up again. */
const turnsOf = (cases: readonly CaseRecord[]): [CaseRecord, ...CaseRecord[]][] => {
  const turns: [CaseRecord, ...CaseRecord[]][] = [];
  for (const record of cases) {
    const turn = turns.at(-1);
    if (turn?.[0].bdf === record.bdf) turn.push(record);
    else turns.push([record]);
  }
  return turns;
};

/** The KTAP that the run printed. Pure. */
export const ktapOf = ({ suite, cases, done }: Recorded): string => {
  let text = '';
  const reporter = createKtapReporter((piece) => {
    text += piece;
  });
  const turns = turnsOf(cases);
  reporter.suite?.(suite, turns.length);
  for (const [first, ...more] of turns) {
    reporter.device?.(first, 1 + more.length);
    for (const record of [first, ...more]) reporter.case?.(record);
    reporter.deviceDone?.();
  }
  reporter.done?.(done);
  return text;
};
