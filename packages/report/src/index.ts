// SPDX-License-Identifier: MIT
export { type ReportFile, renderSite } from './html/site.js';
export { renderJunit } from './junit/junit.js';
export { renderSummary, type SummaryOptions } from './text/summary.js';
