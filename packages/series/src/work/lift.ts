// SPDX-License-Identifier: MIT
import { parseTrailers } from '../patch/trailers.js';

/** A commit message as a patch has it: what is for the history, and what is for reviewers. */
export interface Said {
  readonly message: string;
  /** What is below `---`; null without that line. */
  readonly notes: string | null;
}

// Nobody says so of a changelog.
const GIVEN = /^[A-Z][A-Za-z-]*-by: \S.* <[^<>\s]+>\s*$/;

/**
 * Puts sign-offs and reviews where they count: `git commit -s`, `git rebase --signoff` and `stg` add
 * them behind all of a commit's message, and that ends with the notes, which git am throws away.
 */
export const liftTrailers = ({ message, notes }: Said): Said => {
  if (notes === null) return { message, notes };
  const lines = notes.trimEnd().split('\n');
  const first = lines.findLastIndex((line) => !GIVEN.test(line)) + 1;
  if (first === lines.length) return { message, notes };
  const there = message.split('\n');
  const lifted = lines.slice(first).filter((line) => !there.includes(line));
  const text = message.trimEnd();
  const gap = text === '' ? '' : parseTrailers(text).length > 0 ? '\n' : '\n\n';
  return {
    message: lifted.length === 0 ? message : `${text}${gap}${lifted.join('\n')}\n`,
    notes: lines.slice(0, first).join('\n').trimEnd(),
  };
};
