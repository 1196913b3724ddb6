// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { contentKey } from '@uio-msi/host';
import type { CaseResult, CheckResult, DeviceSummary, StageName, StageResult } from '@uio-msi/model';

/** How many results of cases a cell has, of the selftests and of the suite each. */
const CASES = 24;

const DEVICE: DeviceSummary = { device: 'rocker', vectors: 66, bdf: '0000:00:02.0', interrupts: 'msix' };

const caseOf = (stage: StageName, at: number): CaseResult => ({
  id: `${stage}.case-${at}`,
  title: 'A vector that was set to another eventfd signals that one only',
  clauses: [`IRQ-${at}`],
  ...{ device: DEVICE.device, vectors: DEVICE.vectors, bdf: '0000:00:02.0' },
  ...{ verdict: 'PASS', seconds: 0.12, message: null, log: null },
});

const casesOf = (stage: StageName): Partial<StageResult> => ({
  devices: [DEVICE],
  cases: Array.from({ length: CASES }, (_, at) => caseOf(stage, at)),
  splats: [],
});

const CHECKS: readonly CheckResult[] = ['sparse', 'coccinelle', 'kernel-doc', 'headers', 'docutils'].map(
  (name) => ({
    ...{ name, verdict: 'PASS', seconds: 4.2 },
    reason: name === 'coccinelle' ? 'without null/badzero.cocci, which needs OCaml' : null,
  }),
);

// An image of its own for each build: its guests are others than those of any other.
const artefactsOf = (key: string) => ({
  artefacts: `artefacts/${key}`,
  digest: contentKey([['image', createHash('sha256').update(key).digest('hex')]]),
  ...{ modules: '', builtIn: 'uio uio_msi', selftests: '' },
});

const MADE_UP: Readonly<Partial<Record<StageName, (key: string) => Partial<StageResult>>>> = {
  base: () => ({ checks: CHECKS }),
  build: (key) => ({ outputs: artefactsOf(key), log: `ledger/build/${key}.log.gz` }),
  inspect: () => ({ checks: CHECKS }),
  boot: () => ({ outputs: { ready: '3.1' }, splats: [] }),
  selftest: () => ({ ...casesOf('selftest'), outputs: { accelerator: 'tcg' } }),
  conform: () => ({ ...casesOf('conform'), outputs: { firstResult: '11.8', accelerator: 'tcg' } }),
};

/** What a stage may have given, in the words and lengths of a real one, and the files that it would have left: paths in a state folder. */
export const madeUp = (
  stage: StageName,
  key: string,
): {
  readonly result: StageResult;
  readonly artefacts: readonly (readonly [path: string, text: string])[];
} => ({
  result: {
    ...{ stage, verdict: 'PASS', seconds: 28.4, cached: false, reason: null },
    reproduce: `./uio-msi check --series uio_msi --kernels 7.2.6 --toolchain gcc-12 --config minimal --stages ${stage} --again`,
    ...{ log: null, findings: [], outputs: {} },
    ...MADE_UP[stage]?.(key),
  },
  artefacts: stage === 'build' ? [[`artefacts/${key}/image`, key]] : [],
});
