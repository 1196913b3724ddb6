// SPDX-License-Identifier: MIT
import {
  type CellResult,
  cellKey,
  compareRuns,
  type RunResult,
  type StageResult,
  worstVerdict,
} from '@uio-msi/model';
import type { PastRun, SiteInput } from '../src/html/input.js';
import { badRun, caseResult, checkResults, finding, stage } from './sample.js';

const KERNELS = ['7.2.6', '6.18.9', '6.12.107', '6.1.160', '5.10.249'];
const TOOLCHAINS = [
  ['x86_64', 'gcc-12', ['minimal', 'debug', 'rt', 'builtin']],
  ['x86_64', 'clang-14', ['minimal', 'debug']],
  ['arm64', 'gcc-12', ['minimal', 'debug']],
  ['riscv64', 'gcc-12', ['minimal']],
  ['i386', 'gcc-12', ['minimal']],
] as const;

const FIXED = finding({ tool: 'sparse', kind: 'warning', severity: 'note', message: 'was not declared' });

/** A cell of which nothing is wrong, with a little of everything in it. */
export const goodStages = (): StageResult[] => [
  stage('source', { cached: true, seconds: 0.02 }),
  stage('apply', { cached: true, seconds: 0.3 }),
  stage('check', { cached: true, seconds: 55 }),
  stage('base', { cached: true, seconds: 61, findings: [FIXED] }),
  stage('build', { cached: true, seconds: 28.4, log: 'ledger/build/x.log.gz' }),
  stage('inspect', { checks: checkResults(), seconds: 6.2, fixed: [FIXED] }),
  stage('boot', { seconds: 5.4 }),
  stage('conform', {
    seconds: 142,
    devices: [
      { device: 'rocker', vectors: 66, bdf: '0000:00:02.0', interrupts: 'msix' },
      { device: 'edu', vectors: 1, bdf: '0000:00:03.0', interrupts: 'msi' },
    ],
    cases: [
      caseResult(),
      caseResult({ device: 'edu', vectors: 1 }),
      caseResult({
        id: 'many.vectors',
        verdict: 'SKIP',
        message: 'the device has less than 3 vectors',
        device: 'edu',
        vectors: 1,
      }),
    ],
  }),
];

const failing = (name: StageResult['stage'], changes: Partial<StageResult>): StageResult[] => {
  const stages = goodStages();
  const at = stages.findIndex((one) => one.stage === name);
  return [
    ...stages.slice(0, at),
    stage(name, { verdict: 'FAIL', log: 'ledger/build/x.log.gz', ...changes }),
    ...stages
      .slice(at + 1)
      .map((one) => stage(one.stage, { verdict: 'SKIP', reason: `${name} ended with FAIL`, seconds: 0 })),
  ];
};

/** What is wrong in a cell of the last night; null when nothing is. */
export type Trouble = (
  kernel: string,
  arch: string,
  toolchain: string,
  config: string,
) => StageResult[] | null;

const WARNING = finding({
  message: "unused variable 'vector'",
  tool: 'clang',
  kind: '-Wunused-variable',
  line: 120,
});
const BROKEN = badRun().cells[0]?.stages ?? [];

const flaky = (reason: string): StageResult[] =>
  goodStages().map((one) =>
    one.stage === 'conform' ? { ...one, attempts: [{ verdict: 'FAIL', reason, seconds: 140 }] } : one,
  );

const now: Trouble = (kernel, arch, toolchain, config) => {
  if (toolchain === 'clang-14')
    return failing('build', {
      reason: '1 finding',
      findings: [WARNING, finding({ severity: 'note', message: 'a note' })],
    });
  if (arch === 'i386' && kernel.startsWith('7.2')) return flaky('irq.storm on edu: got 3 of 4');
  if (config === 'debug' && kernel.startsWith('6.18')) return flaky('irq.every on rocker: took 2 s');
  if (kernel.startsWith('5.10') && config === 'rt')
    return [stage('source', { verdict: 'MISS', reason: 'the source is gone: kernel.org says 404' })];
  if (kernel.startsWith('6.1.') && config === 'debug') return [...BROKEN];
  if (arch === 'arm64' && kernel.startsWith('5.10'))
    return failing('apply', { reason: '0001-uio-add-an-ioctl-operation.patch does not apply' });
  if (arch === 'riscv64' && kernel.startsWith('6.12'))
    return [
      ...goodStages().slice(0, 4),
      stage('boot', { verdict: 'ERROR', reason: 'no qemu-system-riscv64 on this machine' }),
    ];
  return null;
};

const earlier: Trouble = (kernel, arch, toolchain, config) =>
  config === 'debug' && kernel.startsWith('7.2')
    ? flaky('irq.every on rocker: took 3 s')
    : config === 'builtin' && kernel.startsWith('7.2')
      ? failing('inspect', {
          reason: '1 finding',
          findings: [
            finding({
              tool: 'sparse',
              kind: 'context imbalance',
              message: 'context imbalance in uio_msi_open',
            }),
          ],
        })
      : arch === 'arm64'
        ? now(kernel, arch, toolchain, config)
        : null;

const nightOf = (trouble: Trouble, run: string, started: string): RunResult => {
  const cells = KERNELS.flatMap((kernel) =>
    TOOLCHAINS.flatMap(([arch, toolchain, configs]) =>
      configs.map((config): CellResult => {
        const cell = {
          series: 'uio_msi',
          revision: 'v2',
          line: kernel.replace(/\.\d+$/, ''),
          kernel,
          arch,
          toolchain,
          config,
        };
        const stages = trouble(kernel, arch, toolchain, config) ?? goodStages();
        return {
          ...cell,
          key: cellKey(cell),
          verdict: worstVerdict(stages.map(({ verdict }) => verdict)),
          stages,
        };
      }),
    ),
  );
  return {
    ...badRun(),
    run,
    started,
    cells,
    verdict: worstVerdict(cells.map(({ verdict }) => verdict)),
    command: './uio-msi nightly',
  };
};

const past = (run: RunResult): PastRun => ({
  ...run,
  changes: null,
  href: `../../${run.run}/report/index.html`,
});

/** A night of five kernels with what goes wrong in one, compared with the night before. */
export const night = (): SiteInput => {
  const run = nightOf(now, '20261122T021500Z-3f2a', '2026-11-22T02:15:00.000Z');
  const before = nightOf(earlier, '20261121T021500Z-77aa', '2026-11-21T02:15:00.000Z');
  const older = nightOf(() => null, '20261120T021500Z-0b1c', '2026-11-20T02:15:00.000Z');
  return {
    run,
    before: past(before),
    changes: compareRuns(before, run),
    history: [past(before), past(older)],
  };
};

/** A run of that many cells, in which every hundredth fails. */
export const largeRun = (cells: number): RunResult => ({
  ...badRun(),
  cells: Array.from({ length: cells }, (_, at): CellResult => {
    const [arch, toolchain] = TOOLCHAINS[at % TOOLCHAINS.length] ?? TOOLCHAINS[0];
    const row = Math.floor(at / TOOLCHAINS.length);
    const kernel = `${6 + (row % 2)}.${Math.floor(row / 2) % 10}.1`;
    const cell = {
      series: 'uio_msi',
      revision: 'v2',
      line: kernel.slice(0, 3),
      kernel,
      arch,
      toolchain,
      config: `config-${Math.floor(row / 20)}`,
    };
    const stages =
      at % 100 === 0 ? failing('build', { reason: `${at % 7} findings`, findings: [WARNING] }) : goodStages();
    return {
      ...cell,
      key: cellKey(cell),
      verdict: worstVerdict(stages.map(({ verdict }) => verdict)),
      stages,
    };
  }),
});
