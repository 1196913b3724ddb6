// SPDX-License-Identifier: MIT
export { type ApplyContext, applySeries } from './apply/apply.js';
export type { AppliedSeries } from './apply/steps.js';
export { loadSeries } from './load.js';
export type { FileChange, Hunk } from './patch/diff.js';
export type { Person } from './patch/mail.js';
export { type Patch, parsePatchFile, touchedPaths } from './patch/patch.js';
export type { Trailer } from './patch/trailers.js';
export { compareLines, patchesFor, type Series, type Variant } from './series.js';
