// SPDX-License-Identifier: MIT

/** How bad a finding is. A `note` is shown and never fails a stage. */
export type Severity = 'error' | 'warning' | 'check' | 'note';

/** One diagnostic of a tool. */
export interface Finding {
  /** The tool that said it: `checkpatch`, `gcc`, `sparse`. */
  readonly tool: string;
  /** The tool's own name for it: `LONG_LINE`, `-Wunused-variable`. */
  readonly kind: string;
  readonly severity: Severity;
  /** Path in the kernel tree, or the patch's file name when it is about the message. */
  readonly file: string;
  /** 1-based; null when it is about the whole file. */
  readonly line: number | null;
  readonly message: string;
  /** The patch of the series it belongs to, when known. */
  readonly patch?: string | undefined;
}

/**
 * The identity of a finding: tool, kind, file and message, never the line number, so that it
 * survives edits elsewhere in the file and can be compared between runs.
 */
export const findingIdentity = (f: Finding): string => [f.tool, f.kind, f.file, f.message].join('\u0000');

/** The tool of what is found wrong with waivers themselves. */
export const WAIVERS_TOOL = 'waivers';

/** Why a finding does not count. */
export type Excuse = { readonly expected: string } | { readonly waivedUntil: string; readonly why: string };

/** The finding as a note that says why it does not count. Pure. */
export const excused = (finding: Finding, excuse: Excuse): Finding => ({
  ...finding,
  severity: 'note',
  message: `${finding.message} (${
    'expected' in excuse
      ? `expected: ${excuse.expected}`
      : `waived until ${excuse.waivedUntil}: ${excuse.why}`
  })`,
});

/** A message as it was before {@link excused}; any other as it is. Pure. */
export const withoutExcuse = (message: string): string =>
  message.replace(/ \((?:expected|waived until \d{4}-\d\d-\d\d): .*\)$/s, '');
