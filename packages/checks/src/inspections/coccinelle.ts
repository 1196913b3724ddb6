// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import type { Finding } from '@uio-msi/model';
import type { CheckContext } from '../check.js';
import type { Inspected, Inspection } from '../inspection.js';
import { inParallel } from '../parallel.js';
import { isKernelSource } from './kernel-source.js';
import { unexpected } from './unexpected.js';

/** The kernel's own semantic patches, as `make coccicheck MODE=report` applies them, on the sources alone. */
export const coccinelle: Inspection = {
  name: 'coccinelle',
  version: 1,
  title: 'spatch with scripts/coccinelle of high confidence',
  subject: 'a C source of the kernel',
  tools: ['spatch'],
  sourcesOnly: true,
  concerns: (path) => path.endsWith('.c') && isKernelSource(path),
  run: async ({ worktree }, paths, context) => {
    const scripts = await semanticPatches(worktree);
    if (scripts.length === 0) return { findings: [], leftOut: [`${FOLDER}, which has nothing for it`] };
    // What spatch writes for a script in OCaml, it leaves there.
    const temporary = await mkdtemp(join(tmpdir(), 'uio-msi-spatch-'));
    try {
      const ran = await inParallel(scripts, availableParallelism(), (script) =>
        apply(script, { worktree, temporary }, paths, context),
      );
      return {
        findings: ran.flatMap(({ findings }) => findings),
        leftOut: ran.flatMap(({ leftOut = [] }) => leftOut),
      };
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  },
};

interface SemanticPatch {
  /** Below scripts/coccinelle: `api/alloc/zalloc-simple.cocci`. */
  readonly name: string;
  readonly options: readonly string[];
}

const FOLDER = 'scripts/coccinelle';

// What the others say is for reading, says Documentation/dev-tools/coccinelle.rst: "Please check for
// false positives". Some have no report, but a patch alone.
const CONFIDENT = /^\/\/\s*Confidence:\s*High/im;
const REPORTS = /^virtual\s+report/m;

const semanticPatches = async (worktree: string): Promise<readonly SemanticPatch[]> => {
  const dir = join(worktree, FOLDER);
  const names = (await readdir(dir, { recursive: true }).catch(() => [])).filter((name) =>
    name.endsWith('.cocci'),
  );
  const found: SemanticPatch[] = [];
  for (const name of names.sort()) {
    const text = await readFile(join(dir, name), 'utf8');
    const [, options = ''] = /^\/\/\s*Options:(.*)$/m.exec(text) ?? [];
    if (CONFIDENT.test(text) && REPORTS.test(text))
      found.push({ name, options: options.split(/\s+/).filter((option) => /^--?[\w-]+$/.test(option)) });
  }
  return found;
};

// As scripts/coccicheck calls it; headers that a build makes are not there for it either.
const MODE = ['-D', 'report', '--no-show-diff', '--very-quiet'];
const INCLUDE = ['-I', 'include', '-I', 'include/uapi'];

const apply = async (
  { name, options }: SemanticPatch,
  { worktree, temporary }: { readonly worktree: string; readonly temporary: string },
  paths: readonly string[],
  { signal }: CheckContext,
): Promise<Inspected> => {
  const script = ['--cocci-file', join(FOLDER, name), ...options];
  const { exitCode, stdout, stderr } = await run(
    'spatch',
    [...MODE, ...script, '--patch', '.', ...INCLUDE, ...paths],
    { cwd: worktree, env: { LC_ALL: 'C', SPFLAGS: undefined, TMPDIR: temporary }, signal },
  );
  // A few are written in OCaml, and nobody has its compiler for them.
  if (exitCode !== 0 && /No OCaml compiler found/.test(stdout + stderr))
    return { findings: [], leftOut: [`${name}, which needs OCaml`] };
  if (exitCode !== 0) throw unexpected(`spatch with ${name}`, stderr.trim().split('\n').at(-1));
  const findings = stdout.split('\n').flatMap((line) => reportIn(line, name) ?? []);
  return { findings: findings.filter(({ file }) => paths.includes(file)) };
};

// `FILE:LINE:COLUMN-COLUMN: message`, coccilib.report.print_report.
const REPORT = /^(?<file>[^\s:]+):(?<line>\d+):\d+-\d+: (?<message>.*)$/;

/**
 * A report in a line of spatch; null when it is something else.
 *
 * @param name the semantic patch that it is of
 */
export const reportIn = (text: string, name: string): Finding | null => {
  const { file, line, message = '' } = REPORT.exec(text)?.groups ?? {};
  if (file === undefined) return null;
  return {
    ...{ tool: 'coccinelle', kind: name.replace(/\.cocci$/, '') },
    severity: /^ERROR\b/.test(message) ? 'error' : 'warning',
    ...{ file: file.replace(/^\.\//, ''), line: Number(line) },
    // A message may name other lines, which change with every edit above them.
    message: message.replace(/\bon line \d+/g, 'on a line before'),
  };
};
