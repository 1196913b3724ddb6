// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, findingIdentity } from '@uio-msi/model';
import type { BuiltTree, Inspected } from '../inspection.js';

/**
 * Looks at files with the series and, when there is something to compare, without it: what was
 * found before is nobody's fault now.
 */
export const onlyNew = async (
  { worktree, baseDir }: Pick<BuiltTree, 'worktree' | 'baseDir'>,
  paths: readonly string[],
  look: (dir: string, files: readonly string[]) => Promise<readonly Finding[]>,
): Promise<Inspected> => {
  const findings = await look(worktree, paths);
  const suspects = new Set(findings.map(({ file }) => file));
  const old: string[] = [];
  for (const path of suspects) if (await isThere(join(baseDir, path))) old.push(path);
  if (old.length === 0) return { findings };
  const known = new Set((await look(baseDir, old)).map(findingIdentity));
  return { findings: findings.filter((finding) => !known.has(findingIdentity(finding))) };
};

/** Whether there is such a file. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
