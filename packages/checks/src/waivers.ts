// SPDX-License-Identifier: MIT
import { excused, type Finding, WAIVERS_TOOL } from '@uio-msi/model';

/** Findings that somebody decided to live with, for a time. All that is named has to fit. */
export interface Waiver {
  readonly tool: string;
  /** Absent: every kind. */
  readonly kind?: string | undefined;
  /** Absent: every file. */
  readonly file?: string | undefined;
  /** What the message has in it; absent: every message. */
  readonly message?: string | undefined;
  readonly why: string;
  /** The last day that it holds: `2027-03-31`. */
  readonly until: string;
  /** Whether that day is over. */
  readonly expired: boolean;
}

/**
 * Makes notes of findings that are waived, and says what is wrong with the waivers: one that has
 * expired waives nothing any more and is a finding itself, and one that fits nothing is a note. Pure.
 *
 * @param waivers those for tools that looked
 * @param file where the waivers are written
 */
export const applyWaivers = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  file: string,
): readonly Finding[] => {
  const live = waivers.filter(({ expired }) => !expired);
  const judged = findings.map((finding) => {
    const waiver = live.find((one) => fits(one, finding));
    return waiver ? excused(finding, { waivedUntil: waiver.until, why: waiver.why }) : finding;
  });
  return [...judged, ...waivers.flatMap((waiver) => wrongWith(waiver, findings, file) ?? [])];
};

const fits = ({ tool, kind, file, message }: Waiver, finding: Finding): boolean =>
  tool === finding.tool &&
  (kind === undefined || kind === finding.kind) &&
  (file === undefined || file === finding.file) &&
  (message === undefined || finding.message.includes(message));

const wrongWith = (waiver: Waiver, findings: readonly Finding[], file: string): Finding | null => {
  const used = findings.some((finding) => fits(waiver, finding));
  const about = { tool: WAIVERS_TOOL, file, line: null };
  const { until, why } = waiver;
  const what = `the waiver of ${nameOf(waiver)} (${why})`;
  if (waiver.expired) {
    const next = used ? 'correct what it is about, or decide anew' : 'it fits nothing: remove it';
    return {
      ...about,
      kind: 'expired',
      severity: 'error',
      message: `${what} expired after ${until}; ${next}`,
    };
  }
  return used ? null : { ...about, kind: 'unused', severity: 'note', message: `${what} fits nothing` };
};

const nameOf = ({ tool, kind, file, message }: Waiver): string =>
  [tool, kind, file && `in ${file}`, message && `"${message}"`].filter(Boolean).join(' ');
