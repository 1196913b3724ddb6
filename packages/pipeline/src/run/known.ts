// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';
import { findKernel, openStore } from '@uio-msi/kernels';
import { type CellResult, type StageName, type StageResult, worstVerdict } from '@uio-msi/model';
import { applySeries, patchesFor } from '@uio-msi/series';
import { openLedger } from '../ledger/ledger.js';
import type { PlannedCell } from '../plan/plan.js';
import { closure } from '../stage/closure.js';
import type { Outcome, Stage } from '../stage/stage.js';
import { openTools } from '../stage/tools.js';
import { STAGE_TABLE } from '../stages/table.js';
import { reproduce } from './reproduce.js';
import type { RunRequest } from './run.js';
import { blockedBy, inputsOf } from './stage.js';

/**
 * What the ledger knows of cells, for exactly their content. Nothing is fetched, built or booted
 * and no lock is waited for: a stage that was not run for this content is a MISS.
 *
 * @throws {EnvironmentError} when the object store or the suite's bundle cannot be read
 * @throws {Interrupted} when the signal aborts
 */
export const knownCells = async (request: Omit<RunRequest, 'command'>): Promise<readonly CellResult[]> => {
  const { state, cells, signal, table = STAGE_TABLE, globals } = request;
  const store = await openStore(state);
  const wanted = new Set(closure(table, request.stages));
  const context: Context = { table, wanted, globals, ledger: openLedger(state), tools: openTools(request) };
  const kernels = new Map<string, Trees | null>();
  const results: CellResult[] = [];
  for (const planned of cells) {
    const { kernel, series } = planned;
    if (!kernels.has(kernel.version)) {
      const found = await findKernel(store, kernel);
      const patches = patchesFor(series, kernel.line);
      const applied = found && (await applySeries(store.gitDir, found.tree, patches, { signal }));
      const after = applied?.patches.map(({ tree }) => tree) ?? [];
      kernels.set(kernel.version, found && { base: found.tree, after });
    }
    results.push(await knownCell(planned, kernels.get(kernel.version) ?? null, context));
  }
  return results;
};

/** What the stages that cost nothing give. */
interface Trees {
  readonly base: string;
  /** The trees with the first patches of the series; null from the first that does not apply. */
  readonly after: readonly (string | null)[];
}

interface Context {
  readonly globals: RunRequest['globals'] | undefined;
  readonly table: readonly Stage[];
  readonly wanted: ReadonlySet<StageName>;
  readonly ledger: ReturnType<typeof openLedger>;
  readonly tools: ReturnType<typeof openTools>;
}

const knownCell = async (planned: PlannedCell, trees: Trees | null, ctx: Context): Promise<CellResult> => {
  const before = new Map<StageName, StageResult>();
  for (const stage of ctx.table.filter(({ name }) => ctx.wanted.has(name))) {
    const again = reproduce(planned, stage.name, ctx.globals);
    const known = await knownStage(stage, planned, before, trees, ctx);
    before.set(stage.name, { ...known, stage: stage.name, reproduce: again, cached: true });
  }
  const stages = [...before.values()];
  const verdict = worstVerdict(stages.map((stage) => stage.verdict));
  return { ...planned.cell, key: planned.key, verdict, stages };
};

type Known = Omit<StageResult, 'stage' | 'reproduce' | 'cached'>;

const knownStage = async (
  stage: Stage,
  planned: PlannedCell,
  before: ReadonlyMap<StageName, StageResult>,
  trees: Trees | null,
  { wanted, ledger, tools }: Context,
): Promise<Known> => {
  if (stage.name === 'source') return told(source(planned, trees));
  const blocked = blockedBy(stage, before);
  if (blocked) return told({ verdict: 'SKIP', reason: blocked });
  if (stage.name === 'apply') return told(apply(planned, trees));
  const inputs = inputsOf(planned, before, wanted);
  const skipped = stage.skip?.(inputs) ?? null;
  if (skipped !== null) return told({ verdict: 'SKIP', reason: skipped });
  const key = stage.key && contentKey([stage.name, stage.version, await stage.key(inputs, tools)]);
  const known = key && (await ledger.get(stage.name, key));
  return known || told({ verdict: 'MISS', reason: 'it was not run for exactly this content' });
};

const told = ({ verdict, reason, outputs = {} }: Outcome): Known => {
  return { verdict, reason, outputs, seconds: 0, log: null, findings: [] };
};

const source = ({ kernel }: PlannedCell, trees: Trees | null): Outcome =>
  trees === null
    ? { verdict: 'MISS', reason: `linux ${kernel.version} was not fetched` }
    : { verdict: 'PASS', reason: null, outputs: { tree: trees.base } };

const apply = ({ patches }: PlannedCell, trees: Trees | null): Outcome => {
  const tree = trees?.after[patches.length - 1];
  return tree
    ? { verdict: 'PASS', reason: null, outputs: { tree } }
    : { verdict: 'FAIL', reason: 'the series does not apply' };
};
