// SPDX-License-Identifier: MIT
export type {
  CaseRecord,
  DeviceRecord,
  DoneRecord,
  RatesRecord,
  RunDocument,
  StartRecord,
  StreamRecord,
  SuiteRecord,
  VectorRate,
  Verdict,
} from './report/records.js';
export { RECORD_VERSION, SUITE_VERSION } from './version.js';
