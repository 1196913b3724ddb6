// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';

/** A finding that is expected, and why. It is shown as a note, never dropped. */
export interface Waiver {
  readonly tool: string;
  readonly kind: string;
  readonly reason: string;
}

/** Every finding that this project expects. */
export const WAIVERS: readonly Waiver[] = [
  // Documentation/process/submitting-patches.rst, "Developer's Certificate of Origin"
  { tool: 'checkpatch', kind: 'MISSING_SIGN_OFF', reason: 'the person who sends the series signs it' },
  {
    tool: 'checkpatch',
    kind: 'UNKNOWN_COMMIT_ID',
    reason: 'the stored tree has no history; git log of a clone of mainline tells',
  },
  { tool: 'sparse', kind: 'guard', reason: 'sparse knows no cleanups: a guard gives its lock back' },
];

/** The finding, as a note with the reason when a waiver is for it. */
export const waive = (finding: Finding, waivers: readonly Waiver[] = WAIVERS): Finding => {
  const waiver = waivers.find(({ tool, kind }) => tool === finding.tool && kind === finding.kind);
  if (!waiver) return finding;
  return { ...finding, severity: 'note', message: `${finding.message} (expected: ${waiver.reason})` };
};
