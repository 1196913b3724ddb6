// SPDX-License-Identifier: MIT
import { compareLines } from '@uio-msi/series';

const FROM = /^# From (\d+\.\d+) on\b/;

/**
 * The text of a configuration fragment as it is for a kernel line. A remark that begins with
 * `# From 6.6 on` is about the options below it, down to the next remark or empty line: older kernels
 * do not know them, so they are not asked for there.
 */
export const fragmentFor = (text: string, line: string): string => {
  let known = true;
  return text
    .split('\n')
    .filter((row) => {
      const [, from] = FROM.exec(row) ?? [];
      if (from !== undefined) known = compareLines(line, from) >= 0;
      else if (row === '' || /^# (?!CONFIG_)/.test(row)) known = true;
      return known;
    })
    .join('\n');
};
