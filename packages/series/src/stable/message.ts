// SPDX-License-Identifier: MIT
import { parseTrailers } from '../patch/trailers.js';

/** How a backport names what it is a backport of (stable-kernel-rules.rst, "Option 3"). */
export const MENTIONS = {
  commit: (sha: string) => `commit ${sha} upstream.`,
  brackets: (sha: string) => `[ Upstream commit ${sha} ]`,
} as const satisfies Record<string, (sha: string) => string>;

/** One of {@link MENTIONS}. */
export type Mention = keyof typeof MENTIONS;

/** A commit of Linus' tree that has to be there before a backport. */
export interface Needed {
  readonly commit: string;
  readonly subject: string;
}

/** What is said of a backport beside what the patch says. */
export interface Remarks {
  /** The line of stable kernels: `6.12`. */
  readonly line: string;
  readonly commit: string;
  readonly mention: Mention;
  readonly needed: readonly Needed[];
  /** What is different from upstream, and why; null when nothing is. */
  readonly adjusted: string | null;
  /** The address of whoever adjusted it. */
  readonly by: string;
}

const STABLE = /^cc:\s.*\bstable@(?:vger\.)?kernel\.org\b/im;
const WIDTH = 75;

/**
 * The message of a backport: the upstream commit in a line above the text, what has to be there first in
 * `Cc: stable` lines (stable-kernel-rules.rst), and what was adjusted in brackets, where the sign-off
 * of whoever did it is to follow (modifying-patches.rst). Nobody is signed off for.
 */
export const backportMessage = (message: string, remarks: Remarks): string => {
  const { line, commit, mention, needed, adjusted, by } = remarks;
  const text = message.trimEnd();
  const tag = `Cc: <stable@vger.kernel.org> # ${line}.x`;
  const added = [
    ...needed.map((one) => `${tag}: ${one.commit.slice(0, 12)}: ${one.subject}`),
    ...(STABLE.test(text) && needed.length === 0 ? [] : [tag]),
    ...(adjusted === null ? [] : [wrap(`[${by}: ${adjusted}]`)]),
  ];
  const gap = text === '' || parseTrailers(text).length > 0 ? '\n' : '\n\n';
  const said = added.length === 0 ? text : `${text}${gap}${added.join('\n')}`;
  return `${MENTIONS[mention](commit)}\n\n${said.trimStart()}`;
};

const wrap = (text: string): string => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
};
