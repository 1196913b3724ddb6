// SPDX-License-Identifier: MIT
import { isAbsolute, relative, resolve } from 'node:path';
import { type Finding, findingIdentity } from '@uio-msi/model';
import { DIAGNOSTIC_RULES } from './rules.js';

/** The folders that paths in a build's output may be below or relative to. */
export interface Folders {
  readonly worktree: string;
  readonly buildDir: string;
}

/**
 * What the lines of a build's output say, each diagnostic once. Paths become those of the kernel
 * tree, or of the build folder for generated files.
 *
 * @param compiler the tool's name for what a compiler says: `gcc`
 */
export const parseDiagnostics = (
  lines: Iterable<string>,
  compiler: string,
  folders: Folders,
): readonly Finding[] => {
  const found = new Map<string, Finding>();
  for (const line of lines) {
    const finding = parseLine(line, compiler, folders);
    if (finding && !found.has(findingIdentity(finding))) found.set(findingIdentity(finding), finding);
  }
  return [...found.values()];
};

/** What one line says; null when it is no diagnostic. */
export const parseLine = (line: string, compiler: string, folders: Folders): Finding | null => {
  for (const rule of DIAGNOSTIC_RULES) {
    const groups = rule.pattern.exec(line)?.groups;
    if (!groups) continue;
    const { file = '', line: at, severity = rule.severity, kind = rule.kind, message = '' } = groups;
    return {
      tool: rule.tool === 'cc' ? compiler : rule.tool,
      kind: (kind ?? rule.tool).replace('-Werror=', '-W'),
      severity: severity?.toLowerCase() === 'warning' ? 'warning' : 'error',
      file: file === '' ? '' : inTree(file, folders),
      line: at === undefined ? null : Number(at),
      message: withoutFolders(message, folders),
    };
  }
  return null;
};

/** A path as the tree, or the build folder for generated files, has it. */
export const inTree = (path: string, { worktree, buildDir }: Folders): string => {
  const absolute = isAbsolute(path) ? path : resolve(buildDir, path);
  const candidates = [relative(worktree, absolute), relative(buildDir, absolute)];
  return candidates.find((candidate) => !candidate.startsWith('..')) ?? path;
};

// A message may name a file too; an identity that held a path of this machine would differ on the next.
const withoutFolders = (message: string, { worktree, buildDir }: Folders): string =>
  message.replaceAll(`${worktree}/`, '').replaceAll(`${buildDir}/`, '');
