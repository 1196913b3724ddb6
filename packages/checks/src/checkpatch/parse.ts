// SPDX-License-Identifier: MIT
import type { Finding, Severity } from '@uio-msi/model';

const SEVERITY: Readonly<Record<string, Severity>> = { ERROR: 'error', WARNING: 'warning', CHECK: 'check' };

// `FILE:LINE: LEVEL:TYPE: message`; without a file when it is about the message of the patch.
const REPORT =
  /^(?:(?<file>[^:]*):(?<line>\d+): )?(?<level>ERROR|WARNING|CHECK):(?<kind>[A-Z0-9_]+): (?<message>.*)$/;

// Said at the end of a patch about the whole of it; checkpatch gives the last line that it read.
const ABOUT_PATCH = new Set([
  'MISSING_SIGN_OFF',
  'NO_AUTHOR_SIGN_OFF',
  'FROM_SIGN_OFF_MISMATCH',
  'NOT_UNIFIED_DIFF',
]);

// Said at a header of the diff, where checkpatch counts no lines.
const ABOUT_FILE = new Set(['FILE_PATH_CHANGES', 'SPDX_LICENSE_TAG']);

/**
 * The finding in one line of `checkpatch.pl --terse --showfile --show-types`; null when the line
 * is something else.
 *
 * @param patch the file name of the patch that was checked
 */
export const parseReport = (patch: string, line: string): Finding | null => {
  const { file = '', line: at, level = '', kind = '', message = '' } = REPORT.exec(line)?.groups ?? {};
  const severity = SEVERITY[level];
  if (!severity) return null;
  const inTree = file !== '' && !ABOUT_PATCH.has(kind);
  return {
    tool: 'checkpatch',
    kind,
    severity,
    file: inTree ? file : patch,
    line: inTree && !ABOUT_FILE.has(kind) ? Number(at) : null,
    message,
    patch,
  };
};
