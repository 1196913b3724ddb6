// SPDX-License-Identifier: MIT
import type { Series } from '@uio-msi/series';

/** A series for a person and for a script. */
export const describeSeries = (series: Series): { text: string; json: unknown } => {
  const { name, revision, subject, base, patches, variants, modules } = series;
  const patchRows = patches.map((patch) => ({ file: patch.file, subject: patch.subject }));
  const variantRows = variants.map(({ line, patch, why }) => ({ line, patch, why }));
  const text = [
    `${name} ${revision}: ${subject}`,
    `made for ${base}`,
    '',
    ...patchRows.map((patch) => `  ${patch.file}\n      ${patch.subject}`),
    ...variantRows.map(({ line, patch, why }) => `  up to ${line}, another ${patch}\n      ${why}`),
  ].join('\n');
  return {
    text,
    json: { version: 1, name, revision, subject, base, patches: patchRows, variants: variantRows, modules },
  };
};
