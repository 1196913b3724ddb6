// SPDX-License-Identifier: MIT
export { revisionDigest } from './message/digest.js';
export type { Message, Revision } from './message/message.js';
export type { PreflightRecord, Waiver } from './preflight/record.js';
