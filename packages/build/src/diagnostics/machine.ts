// SPDX-License-Identifier: MIT
import { EnvironmentError, type Explanation } from '@uio-msi/model';

interface MachineFailure {
  readonly pattern: RegExp;
  readonly explain: (match: RegExpExecArray) => Explanation;
}

// What ends a build through no fault of the sources, as the tools say it.
const MACHINE_FAILURES: readonly MachineFailure[] = [
  {
    pattern: /No space left on device|Disk quota exceeded/,
    explain: ([said]) => ({
      code: 'disk-full',
      message: 'the disk filled up during the build',
      why: said,
      next: 'free some space, or name a folder on another disk with --state DIR, and run the same command again',
    }),
  },
  {
    // As gcc, collect2, a shell and make say it: nobody but the kernel's OOM killer sends SIGKILL.
    pattern:
      /Killed signal terminated program \w+|internal compiler error: Killed|terminated with signal 9\b|^Killed$|: line \d+: +\d+ Killed\b|^make.*\*\*\*.* (?:Killed|Error 137)$|Cannot allocate memory|virtual memory exhausted/,
    explain: ([said]) => ({
      code: 'out-of-memory',
      message: 'the compiler was killed: the machine ran out of memory',
      why: said,
      next: 'free some memory and run the same command again',
    }),
  },
  {
    pattern: /^[\w./-]*sh: (?:line )?\d+: ([\w.+-]+): (?:command )?not found$/,
    explain: ([, tool]) => ({
      code: 'command-not-found',
      message: `the kernel's build needs ${tool}, which is not installed`,
      next: 'run ./uio-msi setup',
    }),
  },
  {
    pattern: /fatal error: ((?:openssl\/\w+|libelf|gelf)\.h): No such file or directory/,
    explain: ([, header]) => ({
      code: 'header-not-found',
      message: `the kernel's build needs the header ${header}, which is not installed`,
      next: 'run ./uio-msi setup',
    }),
  },
];

/** The error that a line of a failed build's output speaks of; null when the machine is not at fault. */
export const machineFailure = (lines: Iterable<string>): EnvironmentError | null => {
  for (const line of lines)
    for (const { pattern, explain } of MACHINE_FAILURES) {
      const match = pattern.exec(line);
      if (match) return new EnvironmentError(explain(match));
    }
  return null;
};
