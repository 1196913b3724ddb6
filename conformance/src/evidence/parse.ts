// SPDX-License-Identifier: MIT
import type {
  CaseRecord,
  DeviceRecord,
  DoneRecord,
  RatesRecord,
  StartRecord,
  StreamRecord,
  SuiteRecord,
} from '../report/records.js';
import type { Recorded } from './replay.js';
import { RECORD_SHAPES, STATEMENT_SHAPE } from './shapes.js';
import type { Statement } from './statement.js';

/** What was read, or why it cannot be. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

const parseJson = (text: string, at: string): Parsed<unknown> => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: `${at}: ${(error as Error).message}` };
  }
};

/** Reads statement.json. Pure. */
export const parseStatement = (text: string): Parsed<Statement> => {
  const parsed = parseJson(text, 'statement.json');
  if ('problem' in parsed) return parsed;
  const problem = STATEMENT_SHAPE(parsed.value, 'statement.json');
  return problem === null ? { value: parsed.value as Statement } : { problem };
};

/**
 * Reads the events: one `suite`, then for each case its `start`, unless it never ran, and its
 * `case`, then `done`. Pure.
 */
export const parseEvents = (text: string): Parsed<Recorded> => {
  const lines = text.split('\n');
  if (lines.pop() !== '') return { problem: 'events.ndjson: the last line is cut off' };
  const records: StreamRecord[] = [];
  for (const [i, line] of lines.entries()) {
    const record = parseRecord(line, `events.ndjson, line ${i + 1}`);
    if ('problem' in record) return record;
    records.push(record.value);
  }
  return inOrder(records);
};

const parseRecord = (line: string, at: string): Parsed<StreamRecord> => {
  const parsed = parseJson(line, at);
  if ('problem' in parsed) return parsed;
  const type = (parsed.value as { type?: unknown } | null)?.type;
  if (typeof type !== 'string' || !Object.hasOwn(RECORD_SHAPES, type))
    return { problem: `${at}: no record has the type ${JSON.stringify(type)}` };
  const problem = RECORD_SHAPES[type as keyof typeof RECORD_SHAPES](parsed.value, at);
  return problem === null ? { value: parsed.value as StreamRecord } : { problem };
};

const inOrder = (records: readonly StreamRecord[]): Parsed<Recorded> => {
  const [suite] = records;
  const done = records.at(-1);
  if (suite?.type !== 'suite') return { problem: 'events.ndjson: it does not begin with what is tested' };
  if (done?.type !== 'done') return { problem: 'events.ndjson: the run broke off, it has no end' };
  const cases: CaseRecord[] = [];
  const rates: RatesRecord[] = [];
  let started: StartRecord | null = null;
  for (const record of records.slice(1, -1)) {
    if (record.type === 'suite' || record.type === 'done')
      return { problem: `events.ndjson: a second ${record.type} record` };
    if (record.type === 'rates') {
      const problem = started === null ? strange(record, suite, rates) : `${started.id} has no result`;
      if (problem !== null) return { problem: `events.ndjson: ${problem}` };
      rates.push(record);
      continue;
    }
    if (record.type === 'start') {
      if (started !== null) return { problem: `events.ndjson: ${started.id} has no result` };
      started = record;
      continue;
    }
    const problem = misplaced(record, started, suite, cases);
    if (problem !== null) return { problem: `events.ndjson: ${problem}` };
    cases.push(record);
    started = null;
  }
  if (started !== null) return { problem: `events.ndjson: ${started.id} has no result` };
  return { value: { suite, cases, rates, done: done satisfies DoneRecord } };
};

const misplaced = (
  record: CaseRecord,
  started: StartRecord | null,
  suite: SuiteRecord,
  before: readonly CaseRecord[],
): string | null => {
  const { id, bdf, verdict } = record;
  if (verdict === 'MISS' ? started !== null : started?.id !== id)
    return `${id} has a result and did not begin`;
  if (!isAmong(record, suite)) return `${id} ran on ${record.device} ${bdf}, which is not among the devices`;
  return before.some((one) => one.id === id && one.bdf === bdf) ? `${id} is there twice for ${bdf}` : null;
};

const strange = (record: RatesRecord, suite: SuiteRecord, before: readonly RatesRecord[]): string | null => {
  if (!isAmong(record, suite)) return `${record.bdf} was measured, and is not among the devices`;
  return before.some(({ bdf }) => bdf === record.bdf) ? `${record.bdf} was measured twice` : null;
};

const isAmong = ({ bdf, device, vectors, interrupts }: DeviceRecord, { devices }: SuiteRecord): boolean =>
  devices.some(
    (one) =>
      one.bdf === bdf && one.device === device && one.vectors === vectors && one.interrupts === interrupts,
  );
