// SPDX-License-Identifier: MIT
import type {
  CaseResult,
  CellResult,
  CheckResult,
  Finding,
  RunResult,
  StageName,
  StageResult,
  Verdict,
} from '@uio-msi/model';

/** A stage's result, good unless told otherwise. */
export const stage = (name: StageName, changes: Partial<StageResult> = {}): StageResult => ({
  stage: name,
  verdict: 'PASS',
  seconds: 1.25,
  cached: false,
  reason: null,
  reproduce: `./uio-msi check --kernels 7.2.6 --stages ${name}`,
  log: null,
  findings: [],
  outputs: {},
  ...changes,
});

/** A finding of the compiler. */
export const finding = (changes: Partial<Finding> = {}): Finding => ({
  tool: 'gcc',
  kind: '-Wunused-variable',
  severity: 'warning',
  file: 'drivers/uio/uio_msi.c',
  line: 10,
  message: "unused variable 'x'",
  ...changes,
});

/** A conformance case on rocker. */
export const caseResult = (changes: Partial<CaseResult> = {}): CaseResult => ({
  id: 'irq.replace',
  title: 'A vector set to another eventfd signals that one only',
  clauses: ['IRQ-04'],
  device: 'rocker',
  vectors: 66,
  verdict: 'PASS',
  seconds: 0.02,
  message: null,
  log: null,
  ...changes,
});

/** Checks of a stage: one that passed, one in part, one that was left out. */
export const checkResults = (): readonly CheckResult[] => [
  { name: 'sparse', verdict: 'PASS', seconds: 4, reason: null },
  { name: 'headers', verdict: 'PASS', seconds: 2, reason: 'without C++' },
  { name: 'docutils', verdict: 'SKIP', seconds: 0, reason: 'rst2pseudoxml not installed' },
];

/** A cell with the given stages. */
export const cell = (verdict: Verdict, stages: readonly StageResult[], kernel = '7.2.6'): CellResult => ({
  series: 'uio_msi',
  revision: 'v2',
  line: kernel.replace(/\.\d+$/, ''),
  kernel,
  arch: 'x86_64',
  toolchain: 'gcc-12',
  config: 'minimal',
  key: `${kernel}-x86_64-gcc-12-minimal`,
  verdict,
  stages,
});

/** A run with the given cells. */
export const run = (verdict: Verdict, cells: readonly CellResult[]): RunResult => ({
  version: 1,
  run: '20261122T081500Z-3f2a',
  series: 'uio_msi',
  revision: 'v2',
  verdict,
  started: '2026-11-22T08:15:00.000Z',
  seconds: 262.4,
  command: './uio-msi check --kernels 7.2,6.12',
  cells,
});

/** A run in which a case failed with a splat on one kernel, and the other did not apply. */
export const badRun = (): RunResult =>
  run('FAIL', [
    cell('FAIL', [
      stage('source', { cached: true }),
      stage('apply', {
        seconds: 0.21,
        patches: [
          {
            file: '0001-uio-add-an-ioctl-operation.patch',
            subject: 'uio: add an ioctl operation',
            status: 'clean',
            tree: 'a',
            rejected: [],
          },
          {
            file: '0002-uio-add-uio_msi.patch',
            subject: 'uio: add uio_msi',
            status: 'offset',
            tree: 'b',
            rejected: [],
          },
        ],
      }),
      stage('check', {
        findings: [
          finding({
            tool: 'checkpatch',
            kind: 'MISSING_SIGN_OFF',
            severity: 'note',
            line: null,
            message: 'the person who sends signs',
          }),
        ],
      }),
      stage('build', { seconds: 251, log: 'ledger/build/x.log' }),
      stage('boot', { seconds: 5.4 }),
      stage('conform', {
        verdict: 'FAIL',
        seconds: 14.2,
        reason: '1 of 3 cases failed',
        devices: [{ device: 'rocker', vectors: 66 }],
        cases: [
          caseResult(),
          caseResult({
            id: 'irq.every',
            title: 'Every vector signals its own eventfd',
            verdict: 'FAIL',
            message: 'vector 65: expected 1 event within 1 s, got 0',
          }),
          caseResult({
            id: 'arg.bad-pointer',
            title: 'A bad pointer is EFAULT',
            verdict: 'SKIP',
            message: 'no second mapping',
          }),
        ],
        splats: [
          {
            kind: 'warning',
            title: 'WARNING: CPU: 1 PID: 77 at kernel/irq/manage.c:1901',
            text: 'WARNING: CPU: 1 PID: 77\n free_irq+0x1f0\n uio_msi_disarm+0x30\n---[ end trace ]---',
          },
        ],
      }),
    ]),
    cell(
      'FAIL',
      [
        stage('source'),
        stage('apply', {
          verdict: 'FAIL',
          reason: '0001-uio-add-an-ioctl-operation.patch does not apply',
          patches: [
            {
              file: '0001-uio-add-an-ioctl-operation.patch',
              subject: 'uio: add an ioctl operation',
              status: 'conflict',
              tree: null,
              rejected: [
                {
                  file: 'drivers/uio/uio.c',
                  hunk: '@@ -882,6 +882,29 @@',
                  reason: 'context differs at line 882',
                },
              ],
            },
          ],
        }),
        stage('check', { verdict: 'SKIP', reason: 'apply failed' }),
      ],
      '6.12.107',
    ),
  ]);
