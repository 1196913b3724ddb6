// SPDX-License-Identifier: MIT
export type {
  CaseRecord,
  DeviceRecord,
  DoneRecord,
  RunDocument,
  StartRecord,
  StreamRecord,
  SuiteRecord,
  Verdict,
} from './report/records.js';
export { RECORD_VERSION, SUITE_VERSION } from './version.js';
