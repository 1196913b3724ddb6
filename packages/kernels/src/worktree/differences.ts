// SPDX-License-Identifier: MIT

/** What one path is in the new tree. */
export interface Difference {
  readonly path: string;
  /** As in git's raw format; null when the path is gone. */
  readonly entry: string | null;
}

const PLAIN: ReadonlySet<string> = new Set(['000000', '100644', '100755']);

/**
 * The differences that `git diff-tree -r -z --no-renames` names.
 *
 * @returns null when they are more than plain files can tell: links, submodules, or a file where a
 *   folder was
 */
export const plainDifferences = (raw: string): readonly Difference[] | null => {
  const fields = raw.split('\0');
  const differences: Difference[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [before = '', after = '', , id = ''] = (fields[at] ?? '').slice(1).split(' ');
    const path = fields[at + 1] ?? '';
    if (!PLAIN.has(before) || !PLAIN.has(after)) return null;
    differences.push({ path, entry: after === '000000' ? null : `${after} ${id}` });
  }
  const paths = new Set(differences.map(({ path }) => path));
  const nested = differences.some(({ path }) => above(path).some((folder) => paths.has(folder)));
  return nested ? null : differences;
};

const above = (path: string): readonly string[] => {
  const end = path.lastIndexOf('/');
  return end < 0 ? [] : [path.slice(0, end), ...above(path.slice(0, end))];
};
