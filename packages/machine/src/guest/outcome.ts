// SPDX-License-Identifier: MIT
import type { CommandResult } from '@uio-msi/host';
import type { Splat } from '@uio-msi/model';
import { explainFailure } from './qemu-failures.js';
import type { Report } from './report.js';
import { GUEST_ENDS, type GuestEnd } from './spec.js';

/** What is known when QEMU has ended. */
export interface Evidence {
  readonly report: Report;
  readonly splats: readonly Splat[];
  /** The limit that ended it; null when it ended by itself. */
  readonly limit: GuestEnd | null;
  /** How QEMU ended; null when a limit ended it. */
  readonly qemu: Pick<CommandResult, 'exitCode' | 'stderr'> | null;
}

const panicOf = (splats: readonly Splat[]): Splat | undefined => splats.find(({ kind }) => kind === 'panic');

/** The rules, in order: the first that holds names the end. */
const endOf = ({ report, splats, limit, qemu }: Evidence): GuestEnd => {
  if (limit !== null) return limit;
  if (qemu?.exitCode !== 0) return 'killed';
  if (report.refused !== null) return 'module';
  if (report.exitCode !== null) return 'poweroff';
  return panicOf(splats) ? 'panic' : 'reset';
};

const DETAILS: Partial<Record<GuestEnd, (evidence: Evidence) => string | undefined>> = {
  module: ({ report }) => report.refused ?? undefined,
  panic: ({ splats }) => panicOf(splats)?.title,
  killed: ({ qemu }) => (qemu ? explainFailure(qemu.stderr) : undefined),
};

/** How a guest ended, and in one line for a person. */
export const judge = (evidence: Evidence): { end: GuestEnd; message: string } => {
  const end = endOf(evidence);
  const detail = DETAILS[end]?.(evidence);
  return { end, message: detail ? `${GUEST_ENDS[end]}: ${detail}` : GUEST_ENDS[end] };
};
