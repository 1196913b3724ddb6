// SPDX-License-Identifier: MIT
import { isApplied, type PatchResult } from '@uio-msi/model';

/** The first of a series' patches that did not apply, and where, in a sentence. Pure. */
export const whatFailed = (patches: readonly PatchResult[]): string => {
  const bad = patches.find(({ status }) => !isApplied(status));
  if (bad === undefined) return 'the series does not apply';
  const [first] = bad.rejected;
  const where = first ? ` in ${first.file}${first.hunk === null ? '' : ` at ${first.hunk}`}` : '';
  return `${bad.file}: ${bad.status}${where}`;
};
