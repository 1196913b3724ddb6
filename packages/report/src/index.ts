// SPDX-License-Identifier: MIT
export type { CellExtras, DecodedFrame, LogExcerpt, PastRun, SiteInput } from './html/input.js';
export { logName } from './html/names.js';
export { cellPages, type ReportFile, renderSite } from './html/site.js';
export { renderJunit } from './junit/junit.js';
export { renderKcidb } from './kcidb/kcidb.js';
export type { Kcidb } from './kcidb/schema.js';
export { renderKtap } from './ktap/ktap.js';
export { mergeRuns } from './merge/merge.js';
export { type JobPlan, readPlan, withUnreported } from './merge/plan.js';
export { readRunResult } from './merge/read.js';
export { renderChanges } from './text/changes.js';
export { renderKnownFlakes } from './text/flakes.js';
export { renderSummary, type SummaryOptions } from './text/summary.js';
export { renderUnusedWaivers } from './text/waivers.js';
