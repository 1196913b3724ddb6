// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '@uio-msi/model';

const IMBALANCE = /^context imbalance in '(?<name>\w+)'/;
const GUARD = /\b(?:scoped_)?guard\s*\(/;

/**
 * Tells apart what sparse says of a function that holds a lock by a guard of linux/cleanup.h: it knows
 * no cleanups, so that to it such a lock is never given back. From 7.0 on the kernel tells it of no
 * locks any more; before, its own kernel/irq is full of these. They have the kind `guard`, for a waiver.
 *
 * @param worktree the sources that the findings are about
 */
export const tellGuards = (worktree: string, findings: readonly Finding[]): Promise<readonly Finding[]> =>
  Promise.all(
    findings.map(async (finding) => {
      const { name } = IMBALANCE.exec(finding.message)?.groups ?? {};
      if (name === undefined) return finding;
      const source = await readFile(join(worktree, finding.file), 'utf8');
      return GUARD.test(bodyOf(name, source)) ? { ...finding, kind: 'guard' } : finding;
    }),
  );

/** The text of a function, from its name to a brace that begins a line; empty when it is not there. */
export const bodyOf = (name: string, source: string): string =>
  new RegExp(String.raw`^\w[^\n;={}]*\b${name}\([^;{}]*\n\{\n.*?^\}`, 'ms').exec(source)?.[0] ?? '';
