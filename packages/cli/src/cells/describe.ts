// SPDX-License-Identifier: MIT
import { join, relative } from 'node:path';
import { EXIT } from '@uio-msi/model';
import {
  linesLeftOut,
  type MatrixExclusion,
  type Series,
  type StaleVariant,
  staleVariants,
  variantFor,
  whyLeftOut,
} from '@uio-msi/series';

/** What is told of a series, for a person and for a script. */
export interface Description {
  readonly text: string;
  readonly json: unknown;
  readonly exitCode: number;
}

const outcome = (stale: readonly StaleVariant[]): number => (stale.length > 0 ? EXIT.failures : EXIT.good);

const staleRows = (stale: readonly StaleVariant[]): string[] =>
  stale.map(
    ({ variant, now }) =>
      `  STALE: ${variant.replacement.file} was made from another ${variant.patch}\n` +
      `      bring over what changed there, then put of: "${now}" beside it in series.yaml`,
  );

const staleJson = (stale: readonly StaleVariant[]) =>
  stale.map(({ variant, now }) => ({ file: variant.replacement.file, patch: variant.patch, of: now }));

const span = ({ kernels, from, before }: MatrixExclusion): string =>
  [kernels?.join(', '), from && `from ${from} on`, before && `before ${before}`].filter(Boolean).join(', ');

/** A series as a whole. */
export const describeSeries = (series: Series): Description => {
  const { name, revision, subject, base, patches, variants, modules } = series;
  const stale = staleVariants(series);
  const patchRows = patches.map((patch) => ({ file: patch.file, subject: patch.subject }));
  const variantRows = variants.map(({ line, patch, why }) => ({ line, patch, why }));
  const leftOut = linesLeftOut(series);
  const text = [
    `${name} ${revision}: ${subject}`,
    `made for ${base}`,
    '',
    ...patchRows.map((patch) => `  ${patch.file}\n      ${patch.subject}`),
    ...variantRows.map(({ line, patch, why }) => `  up to ${line}, another ${patch}\n      ${why}`),
    ...leftOut.map((rule) => `  left out ${span(rule)}\n      ${rule.why}`),
    ...staleRows(stale),
  ].join('\n');
  return {
    exitCode: outcome(stale),
    text,
    json: {
      version: 1,
      ...{ name, revision, subject, base, patches: patchRows, variants: variantRows, modules, leftOut },
      stale: staleJson(stale),
    },
  };
};

/**
 * What would be applied to a line, in order, and whether anything tries it there.
 *
 * @param root paths are told from there
 */
export const describeFor = (series: Series, line: string, root: string): Description => {
  const { name, revision, dir } = series;
  const rows = series.patches.map((patch) => {
    const variant = variantFor(series, patch, line);
    const file = relative(root, join(dir, (variant?.replacement ?? patch).file));
    return { file, subject: patch.subject, ...(variant && { upTo: variant.line, why: variant.why }) };
  });
  const applied = series.patches.map((patch) => variantFor(series, patch, line)?.replacement ?? patch);
  const stale = staleVariants(series, applied);
  const leftOut = whyLeftOut(series, line);
  const tried = series.matrix.kernels.includes(line);
  const text = [
    `${name} ${revision} on ${line}`,
    ...(leftOut !== null
      ? [`LEFT OUT: ${leftOut}`]
      : tried
        ? []
        : [`not in the matrix, which has ${series.matrix.kernels.join(', ')}: nothing tries it here`]),
    '',
    ...rows.map(({ file, upTo, why }) => `  ${file}${upTo ? `\n      up to ${upTo}: ${why}` : ''}`),
    ...staleRows(stale),
  ].join('\n');
  return {
    exitCode: leftOut === null ? outcome(stale) : EXIT.failures,
    text,
    json: { version: 1, name, revision, line, tried, leftOut, patches: rows, stale: staleJson(stale) },
  };
};
