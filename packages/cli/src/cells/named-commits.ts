// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import type { Series } from '@uio-msi/series';

const COMMIT = /^(?:([^=]+)=)?([0-9a-f]{12,40})$/;

/**
 * Commits as a command line names them: one for each patch, in order, or `FILE=COMMIT`, where the file may
 * be one of a prerequisite.
 *
 * @returns them by the files of patches
 * @throws {UserError} `bad-commit`, `upstream-unmatched`
 */
export const namedCommits = (
  { patches }: Pick<Series, 'patches'>,
  only: readonly string[] | null,
  items: readonly string[],
): ReadonlyMap<string, string> => {
  const found = items.map((item) => {
    const [, file, commit] = COMMIT.exec(item) ?? [];
    if (commit !== undefined) return { file, commit };
    throw new UserError({
      code: 'bad-commit',
      message: `"${item}" is no commit`,
      next: 'give its hex digits, at least 12: git rev-parse COMMIT',
    });
  });
  const inOrder = found.filter(({ file }) => file === undefined);
  const wanted = patches.filter(
    ({ file }, at) => only === null || only.includes(file) || only.includes(`${at + 1}`),
  );
  if (inOrder.length > 0 && inOrder.length !== wanted.length)
    throw new UserError({
      code: 'upstream-unmatched',
      message: `${inOrder.length} commits are named for ${wanted.length} patches`,
      next: 'name one for each, in order, or FILE=COMMIT for some of them; --only takes some of the patches',
    });
  return new Map([
    ...found.flatMap(({ file, commit }) => (file === undefined ? [] : [[file, commit] as const])),
    ...inOrder.map(({ commit }, at) => [wanted[at]?.file ?? '', commit] as const),
  ]);
};
