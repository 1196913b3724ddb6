// SPDX-License-Identifier: MIT
export { type ComposeOptions, composeRevision } from './compose/compose.js';
export { type GitConfig, readGitConfig, readSender } from './compose/identity.js';
export { collectRecipients, type Recipients } from './compose/recipients.js';
export { cumulativeStat } from './compose/stat.js';
export { type Imported, type ImportOptions, importSeries } from './import/import.js';
export { parseMailbox, sameAddress } from './mail/address.js';
export { revisionDigest } from './message/digest.js';
export type { Message, Revision } from './message/message.js';
export { findRecord, type PreflightRecord } from './preflight/record.js';
export type { Waiver } from './preflight/waiver.js';
export type { Fate } from './send/deliver.js';
export type { Posting } from './send/journal.js';
export { envelopeOf, resumePosting, type SendContext, sendRevision } from './send/send.js';
export { chooseTransport } from './send/settings.js';
export { describePosting } from './send/summary.js';
export { type SeriesStatus, seriesStatus } from './status.js';
export { applyTrailers } from './trailers/apply.js';
export { type Collected, collectTrailers } from './trailers/collect.js';
