// SPDX-License-Identifier: MIT
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '@uio-msi/model';
import type { Inspection } from '../inspection.js';
import { diagnosticIn } from './diagnostics.js';
import { tellGuards } from './guards.js';
import { isKernelSource } from './kernel-source.js';
import { unexpected } from './unexpected.js';

// Marks its lines with `sparse: `, and ends those of a file with `sparse: FILE: looked at`.
const CHECKER = fileURLToPath(new URL('../../../../tools/checks/sparse', import.meta.url));

// Later kernels say so themselves; of a folder, Linux 5.10 otherwise visits only what is built in.
const MODULES = 'KBUILD_MODULES=1';

/**
 * The kernel's semantic checker, through kbuild's own C=2: all sources of a folder, built or not.
 * What it says of files that the series leaves alone does not count.
 */
export const sparse: Inspection = {
  name: 'sparse',
  version: 6,
  title: 'sparse, by make C=2',
  subject: 'a C source of the kernel',
  tools: ['sparse'],
  script: CHECKER,
  concerns: (path) => /\.[ch]$/.test(path) && isKernelSource(path),
  run: async ({ worktree, make }, paths) => {
    const sources = paths.filter((path) => path.endsWith('.c'));
    const folders = [...new Set(sources.map((path) => `${dirname(path)}/`))];
    if (folders.length === 0) return { findings: [], leftOut: ['headers alone'] };
    const { ok, lines } = await make(folders, ['C=2', `CHECK=${CHECKER}`, MODULES]);
    const { findings, lookedAt } = readReport(lines, worktree);
    if (!ok) throw unexpected('make C=2', lines.at(-1));
    return {
      findings: await tellGuards(
        worktree,
        findings.filter(({ file }) => paths.includes(file)),
      ),
      leftOut: sources
        .filter((path) => !lookedAt.has(path))
        .map((path) => `${path}, which this configuration does not build`),
    };
  },
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
