// SPDX-License-Identifier: MIT
export { type ApplyContext, applySeries } from './apply/apply.js';
export { applyOnce, type Store } from './apply/remembered.js';
export type { AppliedSeries } from './apply/steps.js';
export type { Prerequisite } from './disk/manifest.js';
export { type MatrixBlock, type MatrixData, type MatrixExclusion, TIERS, type Tier } from './disk/matrix.js';
export { changeSeries, type OnStep, recoverSeries, type SeriesChanges } from './disk/transaction.js';
export { isAbout, linesLeftOut, whyLeftOut } from './left-out.js';
export { loadSeries } from './load.js';
export { gitDate, parseStamp, type Stamp } from './mail/date.js';
export { type RawMail, splitMailbox } from './mail/mbox.js';
export { clean, type Mail, parseMail } from './mail/parse.js';
export { readMailbox } from './mail/source.js';
export { parseSubject, type Subject } from './mail/subject.js';
export { type MailParts, takeMail } from './mail/take-mail.js';
export type { FileChange, Hunk } from './patch/diff.js';
export type { Person } from './patch/mail.js';
export type { MailedPatch } from './patch/mailbox.js';
export { type PatchParts, putTogether, takeApart, withNotes } from './patch/parts.js';
export { type Patch, parsePatchFile, toPatch, touchedPaths } from './patch/patch.js';
export { type Replacement, replaceOnce } from './patch/replace.js';
export type { Trailer } from './patch/trailers.js';
export { loadPrerequisites } from './prerequisites.js';
export { type RangePage, renderRangeHtml } from './range/html.js';
export { type Pair, type PairStatus, pairPatches, pairRevisions } from './range/pairs.js';
export { type RangeHunk, type RangeRow, rangeDiff } from './range/range-diff.js';
export { type MailboxReader, type RangeSide, readSide } from './range/sides.js';
export { renderRangeText } from './range/text.js';
export { abortRebase, continueRebase, isRebasing, type Rebased, startRebase } from './rebase/rebase.js';
export { type Refreshed, refreshSeries } from './refresh/refresh.js';
export {
  type Changelog,
  type ChangelogEntry,
  entryFor,
  parseChangelog,
  renderChangelog,
} from './revision/changelog.js';
export {
  type PatchChanges,
  type PatchNews,
  type RevisionChanges,
  readChanges,
  readCover,
  renderCover,
} from './revision/changes.js';
export { archivePosted, type PostedRevision, postedRevisions, readPosted } from './revision/posted.js';
export { parseTracking, type TrackingLines, trackingLines } from './revision/tracking.js';
export { compareLines, patchesFor, type Series, type Variant, variantFor } from './series.js';
export { type Backport, type BackportPatch, makeBackport } from './stable/backport.js';
export type { Mention } from './stable/message.js';
export { refuseBackport } from './stable/refusals.js';
export { openUpstream, type Upstream } from './stable/repository.js';
export { type StaleVariant, staleVariants } from './stale.js';
export { type EditedWork, editSeries, type WorkContext } from './work/edit.js';
export type { KernelBase } from './work/make.js';
