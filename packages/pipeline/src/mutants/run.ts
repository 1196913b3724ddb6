// SPDX-License-Identifier: MIT
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findArch as findBuildArch, type Toolchain } from '@uio-msi/build';
import { contentKey, fileDigest, type State } from '@uio-msi/host';
import { openStore } from '@uio-msi/kernels';
import { findArch, findMachine, machineKey } from '@uio-msi/machine';
import type { Progress } from '@uio-msi/model';
import type { PlannedCell } from '../plan/plan.js';
import { openArtefacts } from '../run/artefacts.js';
import { openTools } from '../stage/tools.js';
import { buildMutants, HEADERS, modulePath } from './build.js';
import { type Candidate, SCRIPT, tryAll, UNMUTATED } from './guest.js';
import type { MutantResult } from './judge.js';
import { keepResult, knownResult } from './ledger.js';
import { MUTABLE, type Mutant, mutate } from './mutant.js';
import { readSources } from './source.js';

/** Raised when the same mutant could come to another end. */
const VERSION = 1;

/** What is to be tried, upon which cell. */
export interface MutantsRequest {
  readonly state: State;
  readonly mutants: readonly Mutant[];
  readonly planned: PlannedCell;
  /** What `apply` and `build` gave for it. */
  readonly tree: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly toolchain: Toolchain;
  readonly suiteBundle: () => Promise<string>;
  readonly run: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

interface Ready extends Candidate {
  readonly key: string;
  readonly machine: string;
  readonly alone: boolean;
}

/**
 * Builds mutants and tries each with the cases that claim it; what is known from before is not done
 * again. The driver without a defect is tried with all of those cases, too, once in each machine.
 *
 * @returns a result for each mutant, in their order, then those of the driver without a defect
 */
export const runMutants = async (request: MutantsRequest): Promise<readonly MutantResult[]> => {
  const { state, mutants, planned, progress, signal } = request;
  const tools = openTools(request);
  const store = await openStore(state);
  const sources = await readSources(store, request.tree, [...MUTABLE, ...HEADERS]);
  const suite = await tools.suite();
  const arch = findArch(planned.cell.arch);
  const shared = {
    ...{ version: VERSION, artefacts: request.outputs['digest'], suite: suite.digest },
    ...{ script: await fileDigest(SCRIPT), base: await tools.baseImageName(arch.name) },
    qemu: await tools.qemuVersion(arch.qemu),
  };
  const keyOf = async (machine: string, cases: readonly string[], text: string): Promise<string> =>
    contentKey({ ...shared, machine: await machineKey(arch, findMachine(machine)), cases, text });

  const results = new Map<string, MutantResult>();
  const scratch = state.path('build', `mutants-${planned.folder}`);
  const texts = new Map<string, string>();
  const wanted: Ready[] = [];
  for (const one of mutants) {
    const text = attempt(() => mutate(sources[one.file] ?? '', one));
    if (text instanceof Error) {
      results.set(one.id, untried(one.id, 'does-not-apply', text.message));
      continue;
    }
    texts.set(one.id, text);
    const { id, caughtBy, machine, alone } = one;
    const key = await keyOf(machine, caughtBy, text);
    wanted.push({ id, caughtBy, machine, alone, key, module: modulePath(scratch, one) });
  }
  const controls = await Promise.all(
    [...new Set(wanted.filter(({ alone }) => !alone).map(({ machine }) => machine))].map(async (machine) => {
      const here = wanted.filter((one) => one.machine === machine && !one.alone);
      const caughtBy = [...new Set(here.flatMap((one) => one.caughtBy))].sort();
      const id = `${UNMUTATED}-${machine}`;
      return { id, caughtBy, machine, alone: false, module: null, key: await keyOf(machine, caughtBy, '') };
    }),
  );
  const all: readonly Ready[] = [...controls, ...wanted];
  for (const one of all) {
    const known = await knownResult(state, one.key);
    if (known) results.set(one.id, { ...known, id: one.id });
  }

  const open = mutants.filter(({ id }) => texts.has(id) && !results.has(id));
  if (open.length > 0) {
    const log = state.path('runs', request.run, 'logs', 'mutants.build.log');
    await mkdir(join(log, '..'), { recursive: true });
    await writeFile(log, '');
    const work = 'mutants:build';
    progress({ type: 'begin', id: work, title: `${open.length} mutants are built` });
    const failed = await buildMutants(
      scratch,
      open.map((one) => ({ id: one.id, file: one.file, text: texts.get(one.id) ?? '' })),
      Object.fromEntries(HEADERS.map((path) => [path, sources[path] ?? ''])),
      {
        worktree: state.path('worktrees', planned.folder),
        buildDir: state.path('build', planned.folder),
        arch: findBuildArch(planned.cell.arch),
        toolchain: request.toolchain,
      },
      { progress, signal, work, log, ccache: await tools.ccache() },
    );
    progress({ type: 'end', id: work, verdict: failed.size > 0 ? 'bad' : 'good' });
    for (const [id, words] of failed) results.set(id, untried(id, 'does-not-build', words));
  }

  const left = all.filter(({ id }) => !results.has(id));
  for (const group of guestsFor(left))
    await tryAll(group[0]?.machine ?? '', group, {
      ...{ state, progress, signal, suite, arch: planned.cell.arch },
      artefacts: openArtefacts(state, request.outputs),
      demands: planned.demands,
      consoleLog: (name) => state.path('runs', request.run, 'logs', `mutants.${name}.console`),
      onResult: async (result) => {
        results.set(result.id, result);
        await keepResult(state, left.find(({ id }) => id === result.id)?.key ?? '', result);
      },
    });
  return [...mutants, ...controls].flatMap(({ id }) => results.get(id) ?? []);
};

/** What shares a guest: all of a machine, but for those that want one to themselves. Pure. */
export const guestsFor = <One extends Pick<Ready, 'machine' | 'alone'>>(
  left: readonly One[],
): readonly (readonly [One, ...One[]])[] => {
  const groups = new Map<One | string, One[]>();
  for (const one of left) {
    const name = one.alone ? one : one.machine;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first ? [[first, ...others] as const] : []));
};

const attempt = (make: () => string): string | Error => {
  try {
    return make();
  } catch (error) {
    return error as Error;
  }
};

const untried = (id: string, fate: MutantResult['fate'], message: string): MutantResult => ({
  ...{ id, fate, message, case: null, seconds: 0, cached: false },
});
