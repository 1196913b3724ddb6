// SPDX-License-Identifier: MIT

/** A text of a C source and what is to be in its place. */
export interface Replacement {
  /** The function it is in; the whole file when absent. */
  readonly within?: string | undefined;
  readonly from: string;
  readonly to: string;
}

/**
 * Replaces a text in a C source, as the kernel's style lays it out. Pure.
 *
 * @throws {Error} when the function or the text is not there exactly once
 */
export const replaceOnce = (source: string, { within, from, to }: Replacement): string => {
  const [start, end] = within === undefined ? [0, source.length] : bodyOf(source, within);
  const parts = source.slice(start, end).split(from);
  if (parts.length === 2) return source.slice(0, start) + parts.join(to) + source.slice(end);
  throw new Error(`${within ?? 'the file'} has "${from}" ${parts.length - 1} times, not once`);
};

const bodyOf = (source: string, name: string): readonly [number, number] => {
  const definition = new RegExp(`^(?:[a-z][^;\\n]*\\b)?${name}\\([^;]*?\\)\\n\\{\\n`, 'gm');
  const starts = [...source.matchAll(definition)].map(({ index }) => index);
  const [start] = starts;
  if (start !== undefined && starts.length === 1) return [start, source.indexOf('\n}\n', start)];
  throw new Error(`the file defines ${name} ${starts.length} times, not once`);
};
