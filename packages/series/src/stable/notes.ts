// SPDX-License-Identifier: MIT
import type { Patch } from '../patch/patch.js';
import type { Merged } from './find.js';

// "It cannot be bigger than 100 lines, with context." (stable-kernel-rules.rst)
const MOST_LINES = 100;

const sizeOf = ({ changes }: Patch): number =>
  changes.flatMap(({ hunks }) => hunks).reduce((sum, { lines }) => sum + lines.length, 0);

/** What of stable-kernel-rules.rst a backport may break, for its sender to look at. */
export const notesOn = (patch: Patch, { commit, found, same }: Merged): string[] => {
  const id = commit.slice(0, 12);
  const size = sizeOf(patch);
  const { file } = patch;
  return [
    ...(found === null ? [`${file}: nothing here has ${id}: compare it with the patch yourself`] : []),
    ...(same === false
      ? [`${file}: ${id} does not change what the patch of the series changes: look at git show ${id}`]
      : []),
    ...(size > MOST_LINES
      ? [`${file}: it has ${size} lines, and a stable tree takes ${MOST_LINES} with context`]
      : []),
    ...(/^fixes:/im.test(found?.message ?? patch.message)
      ? []
      : [`${file}: it has no Fixes:, so say what bug it fixes: a stable tree takes nothing else`]),
  ];
};
