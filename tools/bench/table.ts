// SPDX-License-Identifier: MIT
import type { Measurement } from './bench.js';

const seconds = (value: number): string => {
  if (value < 0.01) return value.toFixed(7);
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
};

const ratio = ({ seconds: ours, plain }: Measurement): string =>
  plain
    ? `${(plain.ratio ?? ours / plain.seconds).toFixed(2)} × ${plain.what} (${seconds(plain.seconds)} s)`
    : '';

const HEAD = ['what', 'seconds', 'beside the plain way', 'goal', 'kept'] as const;

/** The measurements as a Markdown table, as the README has it. */
export const table = (rows: readonly Measurement[]): string => {
  const lines = rows.map((row) => [
    row.what,
    seconds(row.seconds),
    ratio(row),
    row.goal,
    row.kept ? 'yes' : 'NO',
  ]);
  return [HEAD, HEAD.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};
