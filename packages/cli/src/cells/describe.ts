// SPDX-License-Identifier: MIT
import { join, relative } from 'node:path';
import { EXIT } from '@uio-msi/model';
import { type Series, type StaleVariant, staleVariants, variantFor } from '@uio-msi/series';

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

/** A series as a whole. */
export const describeSeries = (series: Series): Description => {
  const { name, revision, subject, base, patches, variants, modules } = series;
  const stale = staleVariants(series);
  const patchRows = patches.map((patch) => ({ file: patch.file, subject: patch.subject }));
  const variantRows = variants.map(({ line, patch, why }) => ({ line, patch, why }));
  const text = [
    `${name} ${revision}: ${subject}`,
    `made for ${base}`,
    '',
    ...patchRows.map((patch) => `  ${patch.file}\n      ${patch.subject}`),
    ...variantRows.map(({ line, patch, why }) => `  up to ${line}, another ${patch}\n      ${why}`),
    ...staleRows(stale),
  ].join('\n');
  return {
    exitCode: outcome(stale),
    text,
    json: {
      version: 1,
      ...{ name, revision, subject, base, patches: patchRows, variants: variantRows, modules },
      stale: staleJson(stale),
    },
  };
};

/**
 * What would be applied to a line, in order.
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
  const text = [
    `${name} ${revision} on ${line}`,
    '',
    ...rows.map(({ file, upTo, why }) => `  ${file}${upTo ? `\n      up to ${upTo}: ${why}` : ''}`),
    ...staleRows(stale),
  ].join('\n');
  return {
    exitCode: outcome(stale),
    text,
    json: { version: 1, name, revision, line, patches: rows, stale: staleJson(stale) },
  };
};
