// SPDX-License-Identifier: MIT
import { cellKey, type RunResult, type Verdict } from '@uio-msi/model';

/** The log of every stage of {@link result}, in its state folder. */
export const LOG = 'runs/log.txt';

/** A run of one cell whose only stage is `build`. */
export const result = (
  run: string,
  verdict: Verdict,
  kernel = '7.2.6',
  changes: Partial<RunResult> = {},
): RunResult => {
  const cell = {
    series: 'tiny',
    revision: 'v1',
    line: '7.2',
    kernel,
    arch: 'x86_64',
    toolchain: 'gcc-12',
    config: 'minimal',
  };
  const stage = {
    stage: 'build',
    verdict,
    seconds: 1,
    cached: false,
    reason: null,
    reproduce: './uio-msi build',
    log: LOG,
    findings: [],
    outputs: {},
  } as const;
  return {
    ...{
      version: 1,
      run,
      series: 'tiny',
      revision: 'v1',
      content: 'c0ffee',
      verdict,
      started: '2026-11-22T08:15:00.000Z',
      seconds: 1,
      command: './uio-msi check',
    },
    cells: [{ ...cell, key: cellKey(cell), verdict, stages: [stage] }],
    ...changes,
  };
};
