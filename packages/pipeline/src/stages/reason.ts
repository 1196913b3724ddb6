// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';

/** The first of the findings that count, in one line, and how many more there are; null when there is none. */
export const findingsReason = (findings: readonly Finding[]): string | null => {
  const [first, ...others] = findings.filter(({ severity }) => severity !== 'note');
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const place = first.line === null ? first.file : `${first.file}:${first.line}`;
  return `${first.tool}: ${place}: ${first.message}${more}`;
};
