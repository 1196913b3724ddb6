// SPDX-License-Identifier: MIT
import type { GuestRecord } from '@uio-msi/machine';
import { type CaseResult, type DeviceSummary, VERDICTS, type Verdict } from '@uio-msi/model';

/** What the suite says on its stream, one JSON object a line; the rest of its fields is not used here. */
export type SuiteRecord =
  | {
      readonly type: 'suite';
      readonly devices: readonly MetDevice[];
      /** How much it does, and how many runs of cases that leaves out. */
      readonly depth: string;
      readonly left: number;
    }
  | { readonly type: 'start'; readonly id: string; readonly device: string; readonly vectors: number }
  | { readonly type: 'case'; readonly bdf: string; readonly result: CaseResult }
  | { readonly type: 'done'; readonly verdict: Verdict; readonly counts: Counts }
  /** One of the above with fields that are not what they should be. */
  | { readonly type: 'damaged'; readonly of: string };

/** A device as the suite met it: where, and with which type of interrupts. */
export interface MetDevice extends DeviceSummary {
  readonly bdf: string;
  readonly interrupts: string;
}

/** How many cases passed, failed, were errors, were skipped. */
export type Counts = readonly [number, number, number, number];

type Fields = Readonly<Record<string, unknown>>;

/** A guest's record as one of the suite's; null when it is another's. */
export const suiteRecord = (record: GuestRecord): SuiteRecord | null =>
  Object.hasOwn(READERS, record.type)
    ? (READERS[record.type]?.(record) ?? { type: 'damaged', of: record.type })
    : null;

const READERS: Readonly<Record<string, (fields: Fields) => SuiteRecord | null>> = {
  suite: ({ devices, depth, left }) => {
    const read = Array.isArray(devices) ? devices.map(metDevice) : [null];
    const isWhole = read.every((device) => device !== null);
    return isWhole && isText(depth) && isNumber(left) ? { type: 'suite', devices: read, depth, left } : null;
  },
  start: (fields) => {
    const device = deviceOf(fields);
    return device && isText(fields['id']) ? { type: 'start', id: fields['id'], ...device } : null;
  },
  case: (fields) => {
    const result = caseOf(fields);
    const { bdf } = fields;
    return result && isText(bdf) ? { type: 'case', bdf, result: { ...result, bdf } } : null;
  },
  done: ({ verdict, passed, failed, errors, skipped }) =>
    isVerdict(verdict) && isNumber(passed) && isNumber(failed) && isNumber(errors) && isNumber(skipped)
      ? { type: 'done', verdict, counts: [passed, failed, errors, skipped] }
      : null,
};

const caseOf = (fields: Fields): CaseResult | null => {
  const { id, title, clauses, verdict, seconds, message = null, log = null } = fields;
  const device = deviceOf(fields);
  if (!device || !isText(id) || !isText(title) || !isVerdict(verdict) || !isNumber(seconds)) return null;
  if (!Array.isArray(clauses) || !clauses.every(isText)) return null;
  if (!isTextOrNull(message) || !isTextOrNull(log)) return null;
  return { id, title, clauses, ...device, verdict, seconds, message, log };
};

const deviceOf = (value: unknown): DeviceSummary | null => {
  const { device, vectors } = Object(value) as Fields;
  return isText(device) && isNumber(vectors) ? { device, vectors } : null;
};

const metDevice = (value: unknown): MetDevice | null => {
  const device = deviceOf(value);
  const { bdf, interrupts } = Object(value) as Fields;
  return device && isText(bdf) && isText(interrupts) ? { ...device, bdf, interrupts } : null;
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isVerdict = (value: unknown): value is Verdict => VERDICTS.includes(value as Verdict);
