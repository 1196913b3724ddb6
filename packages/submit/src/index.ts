// SPDX-License-Identifier: MIT
export { type Imported, type ImportOptions, importSeries } from './import/import.js';
export { revisionDigest } from './message/digest.js';
export type { Message, Revision } from './message/message.js';
export type { PreflightRecord, Waiver } from './preflight/record.js';
