// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import type { Finding } from '@uio-msi/model';
import type { CheckContext } from '../check.js';
import type { Inspection } from '../inspection.js';
import { onlyNew } from './only-new.js';
import { unexpected } from './unexpected.js';

/** Documentation comments, by the tree's own scripts/kernel-doc. */
export const kernelDoc: Inspection = {
  name: 'kernel-doc',
  version: 1,
  title: 'scripts/kernel-doc -none -Wall',
  subject: 'a C source or header',
  tools: ['python3', 'perl'],
  concerns: (path) => /\.[ch]$/.test(path),
  run: (tree, paths, context) =>
    onlyNew(tree, paths, (dir, files) =>
      readComments(join(tree.worktree, 'scripts/kernel-doc'), dir, files, context),
    ),
};

const readComments = async (
  script: string,
  dir: string,
  files: readonly string[],
  { signal }: CheckContext,
): Promise<readonly Finding[]> => {
  const { exitCode, stderr } = await run(script, ['-none', '-Wall', ...files], {
    cwd: dir,
    env: { LC_ALL: 'C', PYTHONDONTWRITEBYTECODE: '1', KBUILD_VERBOSE: undefined },
    signal,
  });
  const lines = stderr.split('\n').filter((line) => line !== '');
  const findings = lines.map(warningIn);
  const strange = lines.find((_, at) => findings[at] === null);
  if (strange !== undefined && exitCode !== 0) throw unexpected('scripts/kernel-doc', lines.at(-1));
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
