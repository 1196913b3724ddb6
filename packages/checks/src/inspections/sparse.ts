// SPDX-License-Identifier: MIT
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '@uio-msi/model';
import type { BuiltTree, Inspection, Make } from '../inspection.js';
import { diagnosticIn } from './diagnostics.js';
import { tellGuards } from './guards.js';
import { isThere, onlyNew } from './only-new.js';
import { unexpected } from './unexpected.js';

// Marks its lines with `sparse: `, and ends those of a file with `sparse: FILE: looked at`.
const CHECKER = fileURLToPath(new URL('../../../../tools/checks/sparse', import.meta.url));

// Not built by kbuild for the kernel.
const ELSEWHERE = /^(tools|scripts|samples|usr|Documentation)\//;

/**
 * The kernel's semantic checker, through kbuild's own C=2: all sources of a folder, built or not.
 * What it says of files that the series leaves alone does not count, nor what it says of those that
 * were there before when the tree without the series, looked at only then, gives it as well.
 */
export const sparse: Inspection = {
  name: 'sparse',
  version: 4,
  title: 'sparse, by make C=2',
  subject: 'a C source of the kernel',
  tools: ['sparse'],
  script: CHECKER,
  concerns: (path) => /\.[ch]$/.test(path) && !ELSEWHERE.test(path),
  run: async (tree, paths) => {
    const sources = paths.filter((path) => path.endsWith('.c'));
    const folders = [...new Set(sources.map((path) => `${dirname(path)}/`))];
    if (folders.length === 0) return { findings: [], leftOut: ['headers alone'] };
    const lookedAt = new Set<string>();
    const { findings } = await onlyNew(tree, paths, async (dir) => {
      const isOurs = dir === tree.worktree;
      const report = isOurs
        ? await look(tree.make, folders, tree)
        : await look(tree.makeWithout, await foldersIn(dir, sources), tree);
      if (isOurs) for (const file of report.lookedAt) lookedAt.add(file);
      return report.findings.filter(({ file }) => paths.includes(file));
    });
    return {
      findings: await tellGuards(tree.worktree, findings),
      leftOut: sources
        .filter((path) => !lookedAt.has(path))
        .map((path) => `${path}, which this configuration does not build`),
    };
  },
};

const look = async (make: Make, folders: readonly string[], { worktree }: BuiltTree) => {
  if (folders.length === 0) return { findings: [], lookedAt: new Set<string>() };
  const { ok, lines } = await make(folders, ['C=2', `CHECK=${CHECKER}`]);
  const report = readReport(lines, worktree);
  if (!ok) throw unexpected('make C=2', lines.at(-1));
  return report;
};

// A folder that the series brings has no Makefile without it.
const foldersIn = async (dir: string, sources: readonly string[]): Promise<readonly string[]> => {
  const there = await Promise.all(sources.map((path) => isThere(join(dir, path))));
  return [...new Set(sources.filter((_, at) => there[at]).map((path) => `${dirname(path)}/`))];
};

/** What the checker's lines say. Lines without its mark are make's or the compiler's. */
export const readReport = (
  lines: readonly string[],
  root: string,
): { findings: readonly Finding[]; lookedAt: ReadonlySet<string> } => {
  const findings: Finding[] = [];
  const lookedAt = new Set<string>();
  for (const marked of lines) {
    const [, line] = /^sparse: (.*)$/.exec(marked) ?? [];
    if (line === undefined) continue;
    const [, file] = /^(.*): looked at$/.exec(line) ?? [];
    const [, more] = /^[^\s:]+:\d+:\d+: {2,}(.*)$/.exec(line) ?? [];
    const finding = diagnosticIn(line, 'sparse', root);
    const last = findings.at(-1);
    if (file !== undefined) lookedAt.add(file.replace(`${root}/`, ''));
    else if (finding) findings.push(finding);
    // `expected …` and `got …` under a warning about types.
    else if (more !== undefined && last)
      findings.splice(-1, 1, { ...last, message: `${last.message}; ${more.trim()}` });
    else throw unexpected('sparse', line);
  }
  return { findings, lookedAt };
};
