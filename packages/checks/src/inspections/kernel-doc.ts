// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import type { Finding } from '@uio-msi/model';
import type { CheckContext } from '../check.js';
import type { Inspection } from '../inspection.js';
import { unexpected } from './unexpected.js';

/** Documentation comments, by the tree's own scripts/kernel-doc; it has `-Wall` since 6.6. */
export const kernelDoc: Inspection = {
  name: 'kernel-doc',
  version: 2,
  title: 'scripts/kernel-doc -none -Wall',
  subject: 'a C source or header',
  tools: ['python3', 'perl'],
  sourcesOnly: true,
  concerns: (path) => /\.[ch]$/.test(path),
  run: async ({ worktree }, paths, context) => {
    const knowsAll = (await call(worktree, ['-Wall', '/dev/null'], context)).exitCode === 0;
    const options = knowsAll ? ['-Wall'] : [];
    const findings = await readComments(worktree, [...options, ...paths], context);
    return { findings, leftOut: knowsAll ? [] : ["-Wall, which this kernel's script does not know"] };
  },
};

const call = (worktree: string, args: readonly string[], { signal }: CheckContext) =>
  run(join(worktree, 'scripts/kernel-doc'), ['-none', ...args], {
    cwd: worktree,
    env: { LC_ALL: 'C', PYTHONDONTWRITEBYTECODE: '1', KBUILD_VERBOSE: undefined },
    signal,
  });

const readComments = async (
  worktree: string,
  args: readonly string[],
  context: CheckContext,
): Promise<readonly Finding[]> => {
  const { exitCode, stderr } = await call(worktree, args, context);
  const lines = stderr.split('\n').filter((line) => line !== '');
  const findings = lines.map(warningIn);
  // With a usage on standard output, as 5.10 has it, there is not even a strange line.
  const understood = lines.length > 0 && !findings.includes(null);
  if (exitCode !== 0 && !understood) throw unexpected('scripts/kernel-doc', lines.at(-1));
  return findings.filter((finding) => finding !== null);
};

// `Warning: FILE:LINE message` since it is Python (6.17), `FILE:LINE: warning: message` before.
const WARNING =
  /^(?:(?<level>Warning|Error): )?(?<file>[^\s:]+):(?<line>\d+):? (?:(?<old>warning|error): )?(?<message>.*)$/;

/** A warning of kernel-doc; null when a line is something else. */
export const warningIn = (text: string): Finding | null => {
  const { level, old, file = '', line, message = '' } = WARNING.exec(text)?.groups ?? {};
  const said = (level ?? old)?.toLowerCase();
  if (said === undefined) return null;
  return {
    tool: 'kernel-doc',
    kind: 'comment',
    severity: said === 'error' ? 'error' : 'warning',
    file,
    line: Number(line),
    message,
  };
};
