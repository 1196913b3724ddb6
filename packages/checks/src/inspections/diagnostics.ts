// SPDX-License-Identifier: MIT
import { isAbsolute, relative } from 'node:path';
import type { Finding } from '@uio-msi/model';

// As gcc, clang and sparse say it; sparse gives no option's name.
const DIAGNOSTIC =
  /^(?<file>[^\s:]+):(?<line>\d+):(?:\d+:)? (?:fatal )?(?<severity>error|warning): (?<message>.*?)(?: \[(?<kind>-W[^\]]+)\])?$/;

/**
 * A compiler's diagnostic in a line; null when it is none.
 *
 * @param tool whose finding it is
 * @param root the folder that paths become relative to
 */
export const diagnosticIn = (line: string, tool: string, root: string): Finding | null => {
  const { file = '', line: at, severity, message = '', kind } = DIAGNOSTIC.exec(line)?.groups ?? {};
  if (severity === undefined) return null;
  return {
    tool,
    kind: kind?.replace('-Werror=', '-W') ?? severity,
    severity: severity === 'error' ? 'error' : 'warning',
    file: isAbsolute(file) ? relative(root, file) : file,
    line: Number(at),
    message: message.replaceAll(`${root}/`, ''),
  };
};
