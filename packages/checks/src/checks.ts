// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import type { Check, CheckContext, CheckInput } from './check.js';
import { checkpatch } from './checkpatch/checkpatch.js';
import { noteExpected } from './expected.js';

/** Every check there is. */
export const CHECKS: readonly Check[] = [checkpatch];

/**
 * Runs checks on a series, one after the other, and turns what is expected into notes.
 *
 * @throws {EnvironmentError} when a check's tool cannot be run
 * @throws {Interrupted} when the signal aborts
 */
export const runChecks = async (
  input: CheckInput,
  context: CheckContext = {},
  checks: readonly Check[] = CHECKS,
): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const check of checks) findings.push(...(await check.run(input, context)));
  return findings.map((finding) => noteExpected(finding));
};
