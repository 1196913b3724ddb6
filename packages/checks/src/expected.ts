// SPDX-License-Identifier: MIT
import { excused, type Finding } from '@uio-msi/model';

/** A finding that follows from how a series is kept, and why. It is shown as a note, never dropped. */
export interface Expected {
  readonly tool: string;
  readonly kind: string;
  readonly reason: string;
}

/** Every finding that this project expects of any series: the reasons do not go away with time. */
export const EXPECTED: readonly Expected[] = [
  // Documentation/process/submitting-patches.rst, "Developer's Certificate of Origin"
  { tool: 'checkpatch', kind: 'MISSING_SIGN_OFF', reason: 'the person who sends the series signs it' },
  {
    tool: 'checkpatch',
    kind: 'UNKNOWN_COMMIT_ID',
    reason: 'the stored tree has no history; git log of a clone of mainline tells',
  },
  { tool: 'sparse', kind: 'guard', reason: 'sparse knows no cleanups: a guard gives its lock back' },
];

/** The finding, as a note with the reason when it is expected. */
export const noteExpected = (finding: Finding, all: readonly Expected[] = EXPECTED): Finding => {
  const expected = all.find(({ tool, kind }) => tool === finding.tool && kind === finding.kind);
  return expected ? excused(finding, { expected: expected.reason }) : finding;
};
