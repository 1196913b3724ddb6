// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, run } from '@uio-msi/host';
import { ensureKernel, type Kernel, loadCatalogue, openStore, selectKernels } from '@uio-msi/kernels';
import { silent } from '@uio-msi/model';
import { applySeries, loadPrerequisites, loadSeries, type Patch, patchesFor } from '@uio-msi/series';
import type { Bench, BenchContext, Measurement } from './bench.js';
import { timed } from './clock.js';
import { uioMsi } from './uio-msi.js';

const RUNS = 5;

/** A kernel with the patches for it, those that the series needs first. */
interface Work {
  readonly kernel: Kernel;
  readonly tree: string;
  readonly patches: readonly Patch[];
  /** The patch files. */
  readonly files: readonly string[];
}

/** All kernels of the matrix: whether the series applies, and a night with nothing new. */
export const kernels: Bench = {
  name: 'kernels',
  title: 'all kernels of the matrix: apply, and a night with nothing new',
  run: async (context) => {
    const works = await worksOf(context);
    return [await applyAll(context, works), await nightOfAll(context, works)];
  },
};

const worksOf = async ({ root, state }: BenchContext): Promise<readonly Work[]> => {
  const store = await openStore(await openState(state));
  const series = await loadSeries(join(root, 'patches/uio_msi'));
  const all = [...(await loadPrerequisites(series)), series];
  const catalogue = await loadCatalogue(join(root, 'linux-tree/kernels.yaml'));
  const wanted = selectKernels(catalogue, [...series.matrix.kernels]);
  return Promise.all(
    wanted.map(async (kernel) => {
      const { tree } = await ensureKernel(store, kernel, { progress: silent });
      const mine = all.map((one) => ({ dir: one.dir, patches: patchesFor(one, kernel.line) }));
      const files = mine.flatMap(({ dir, patches }) => patches.map(({ file }) => join(dir, file)));
      return { kernel, tree, files, patches: mine.flatMap(({ patches }) => patches) };
    }),
  );
};

const MOST_APPLY = 1.5;

/** A status for each patch on each kernel, beside git alone, which says yes or no to all of them. */
const applyAll = async (context: BenchContext, works: readonly Work[]): Promise<Measurement> => {
  const gitDir = join(context.state, 'store.git');
  const seconds = await timed(RUNS, () =>
    Promise.all(works.map(({ tree, patches }) => applySeries(gitDir, tree, patches))),
  );
  context.say('git read-tree, apply and write-tree');
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-bench-'));
  const plain = await timed(RUNS, () =>
    Promise.all(works.map((work, at) => plainly(work, gitDir, join(folder, `index${at}`)))),
  ).finally(() => rm(folder, { recursive: true, force: true }));
  return {
    what: `applying the series to ${works.length} imported kernels`,
    seconds,
    runs: RUNS,
    plain: { what: '`git read-tree` + `apply` + `write-tree`', seconds: plain },
    goal: `at most ${MOST_APPLY} s`,
    kept: seconds <= MOST_APPLY,
  };
};

const plainly = async ({ tree, files }: Work, gitDir: string, index: string): Promise<void> => {
  for (const args of [['read-tree', tree], ['apply', '--cached', ...files], ['write-tree']]) {
    const env = { GIT_DIR: gitDir, GIT_INDEX_FILE: index };
    const { exitCode, stderr } = await run('git', args, { env });
    if (exitCode !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
  }
};

const MOST_NIGHT = 3;

/** A night in which all is known, beside one with a single kernel. */
const nightOfAll = async (context: BenchContext, works: readonly Work[]): Promise<Measurement> => {
  const night = (some: readonly Work[]) => {
    const kernel = some.map((work) => work.kernel.version).join(',');
    const cells = some.map((work) => `${work.kernel.version}/x86_64/gcc/minimal`).join(',');
    return uioMsi({ ...context, kernel }, ['nightly', '--cells', cells]);
  };
  context.say('once, so that everything is known: hours, when nothing is built');
  await night(works);
  const seconds = await timed(RUNS, () => night(works));
  const plain = await timed(RUNS, () => night(works.slice(0, 1)));
  return {
    what: `\`nightly\`, nothing new, ${works.length} kernels`,
    seconds,
    runs: RUNS,
    plain: { what: 'with one kernel', seconds: plain },
    goal: `at most ${MOST_NIGHT} s`,
    kept: seconds <= MOST_NIGHT,
  };
};
