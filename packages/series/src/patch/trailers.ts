// SPDX-License-Identifier: MIT

/** One `Key: value` line at the end of a commit message. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
}

const TRAILER = /^(?<key>[A-Za-z][A-Za-z0-9-]*): +(?<value>\S.*)$/;

/** A commit message without the paragraph that {@link parseTrailers} reads; itself when it has none. */
export const withoutTrailers = (message: string): string =>
  parseTrailers(message).length === 0
    ? message
    : message.trimEnd().slice(0, -lastParagraph(message).length).trimEnd();

const lastParagraph = (message: string): string =>
  message
    .trimEnd()
    .split(/\n\s*\n/)
    .at(-1) ?? '';

// A note in brackets tells what somebody changed before signing (submitting-patches.rst).
const NOTE = /^\[[^[\]]*\]$/gm;

/**
 * The trailers of a commit message: its last paragraph, when it has nothing but trailers, notes in
 * brackets and continuations, which begin with white space.
 */
export const parseTrailers = (message: string): Trailer[] => {
  const lines = lastParagraph(message)
    .replace(NOTE, '')
    .split('\n')
    .filter((line) => line !== '');
  const trailers: Trailer[] = [];
  for (const line of lines) {
    const { key, value } = TRAILER.exec(line)?.groups ?? {};
    const last = trailers.at(-1);
    if (key !== undefined && value !== undefined) trailers.push({ key, value });
    else if (/^\s/.test(line) && last)
      trailers[trailers.length - 1] = { key: last.key, value: `${last.value} ${line.trim()}` };
    else return [];
  }
  return trailers;
};
