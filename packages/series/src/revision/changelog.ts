// SPDX-License-Identifier: MIT
import { trimLines } from '../patch/parts.js';

/** What notes below `---` say, by revision. */
export interface Changelog {
  /** What stands before the first revision. */
  readonly preface: string;
  /** Newest first as a rule; in the order they are written. */
  readonly entries: readonly ChangelogEntry[];
}

/** What changed in one revision. */
export interface ChangelogEntry {
  readonly revision: number;
  /** Its lines, without the heading. */
  readonly text: string;
}

// How changelogs are headed on the lists: "v2:", "V2: new patch", "Changes in v2:", "v1 -> v2:",
// "Changes since v1:".
const HEADINGS: readonly (readonly [heading: RegExp, later: number])[] = [
  [/^(?:#+\s*)?(?:changes? in )?v(\d{1,4})(?::\s*(.*)|\s*)$/i, 0],
  [/^(?:#+\s*)?(?:changes? )?v\d{1,4}\s*-+>\s*v(\d{1,4}):?\s*(.*)$/i, 0],
  [/^(?:#+\s*)?(?:changes? )?since v(\d{1,4}):?\s*(.*)$/i, 1],
];

const headingOf = (line: string): { revision: number; rest: string } | null => {
  for (const [heading, later] of HEADINGS) {
    const [found, revision, rest = ''] = heading.exec(line) ?? [];
    if (found !== undefined) return { revision: Number(revision) + later, rest };
  }
  return null;
};

/** Reads the changelog in the notes of a patch. */
export const parseChangelog = (notes: string): Changelog => {
  const preface: string[] = [];
  const entries: { revision: number; lines: string[] }[] = [];
  for (const line of notes.split('\n')) {
    const heading = headingOf(line);
    if (heading) entries.push({ revision: heading.revision, lines: heading.rest ? [heading.rest] : [] });
    else (entries.at(-1)?.lines ?? preface).push(line);
  }
  return {
    preface: trimLines(preface.join('\n')),
    entries: entries.map(({ revision, lines }) => ({ revision, text: trimLines(lines.join('\n')) })),
  };
};

/** What a changelog says of a revision; empty when nothing. */
export const entryFor = ({ entries }: Changelog, revision: number): string =>
  entries.find((entry) => entry.revision === revision)?.text ?? '';

/** A changelog as it stands below `---`: the inverse of {@link parseChangelog}, in one form. */
export const renderChangelog = ({ preface, entries }: Changelog): string =>
  [
    ...(preface === '' ? [] : [preface]),
    ...entries.map(({ revision, text }) =>
      /^[^-*\s][^\n]*$/.test(text) ? `v${revision}: ${text}` : `v${revision}:\n${text}`,
    ),
  ].join('\n');
