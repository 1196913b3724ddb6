// SPDX-License-Identifier: MIT
import type {
  CaseRecord,
  DeviceRecord,
  DoneRecord,
  RatesRecord,
  StartRecord,
  SuiteRecord,
} from './records.js';

/** Takes the records of a run, in order, as they come. */
export interface Reporter {
  /** A run begins, in which devices come up this many times. */
  suite?(record: SuiteRecord, turns: number): void;
  /** The cases of a device follow, this many. */
  device?(device: DeviceRecord, cases: number): void;
  start?(record: StartRecord): void;
  case?(record: CaseRecord): void;
  rates?(record: RatesRecord): void;
  deviceDone?(): void;
  done?(record: DoneRecord): void;
}

/** Several reporters as one. */
export const allOf = (reporters: readonly Reporter[]): Required<Reporter> => ({
  suite: (...args) => reporters.forEach((r) => void r.suite?.(...args)),
  device: (...args) => reporters.forEach((r) => void r.device?.(...args)),
  start: (...args) => reporters.forEach((r) => void r.start?.(...args)),
  case: (...args) => reporters.forEach((r) => void r.case?.(...args)),
  rates: (...args) => reporters.forEach((r) => void r.rates?.(...args)),
  deviceDone: () => reporters.forEach((r) => void r.deviceDone?.()),
  done: (...args) => reporters.forEach((r) => void r.done?.(...args)),
});
