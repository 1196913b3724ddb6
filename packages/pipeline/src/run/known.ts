// SPDX-License-Identifier: MIT
import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { openContentKey } from '@uio-msi/host';
import { findKernel, openStore } from '@uio-msi/kernels';
import { type CellResult, Interrupted, type StageName, type StageResult, worstVerdict } from '@uio-msi/model';
import { applyOnce, patchesFor } from '@uio-msi/series';
import type { Brief } from '../ledger/entry.js';
import { openLedgerIndex } from '../ledger/ledger.js';
import type { PlannedCell } from '../plan/plan.js';
import { closureWithin } from '../stage/closure.js';
import type { Outcome, Stage, StageInputs } from '../stage/stage.js';
import { openTools } from '../stage/tools.js';
import { staleFindings } from '../stages/apply.js';
import { STAGE_TABLE } from '../stages/table.js';
import { openReproduce } from './reproduce.js';
import type { RunRequest } from './run.js';
import { inputsOf, obstacleTo } from './stage.js';

/** Asks what the ledger knows of cells, without what stages found; null for all stages. */
export type Ask = (
  cells: readonly PlannedCell[],
  stages: readonly StageName[] | null,
) => Promise<readonly CellResult[]>;

/**
 * What the ledger knows of cells, for exactly their content. Nothing is fetched, built or booted
 * and no lock is waited for: a stage that was not run for this content is a MISS.
 *
 * @returns what asks; it throws Interrupted when the signal aborts, and an EnvironmentError when the
 *   object store or the suite's bundle cannot be read
 */
export const openKnown = async (request: Omit<RunRequest, 'command' | 'cells' | 'stages'>): Promise<Ask> => {
  const { state, signal, table = STAGE_TABLE, globals } = request;
  const store = await openStore(state);
  const shared = {
    table,
    globals,
    ledger: openLedgerIndex(state),
    tools: openTools(request),
    keyOf: openContentKey(),
    wantedOf: openWanted(table),
  };
  const kernels = new Map<string, Promise<Trees | null>>();
  const treesFor = async ({ kernel, series, prerequisites }: PlannedCell): Promise<Trees | null> => {
    const found = await findKernel(store, kernel);
    if (found === null) return null;
    const { tree } = await applyOnce(store, found.tree, prerequisites, { signal });
    const after = async () => {
      const patches = patchesFor(series, kernel.line);
      const applied = await applyOnce(store, tree ?? '', patches, { signal });
      return applied.patches.map((patch) => patch.tree);
    };
    let applying: ReturnType<typeof after> | undefined;
    return {
      base: tree,
      after: () => {
        applying ??= after();
        return applying;
      },
    };
  };
  const known = (planned: PlannedCell): Promise<Trees | null> => {
    const { version } = planned.kernel;
    const trees = kernels.get(version) ?? treesFor(planned);
    kernels.set(version, trees);
    return trees;
  };
  return async (cells, stages) => {
    // git looks at several kernels at once; what fails is told by the cell that is asked about.
    for (const planned of cells) known(planned).catch(() => {});
    const results: CellResult[] = [];
    for (const planned of cells) {
      results.push(await knownCell(planned, await known(planned), { ...shared, asked: stages }));
      // Entries are read without waiting: Ctrl-C is heard in between.
      if (results.length % 100 === 0) await yieldToEvents();
      if (signal.aborted) throw new Interrupted(String(signal.reason));
    }
    return results;
  };
};

/** What the stages that cost nothing give. */
interface Trees {
  /** The kernel with what the series needs; null when that does not apply. */
  readonly base: string | null;
  /** The trees with the first patches of the series, tried once; null from the first that does not apply. */
  readonly after: () => Promise<readonly (string | null)[]>;
}

interface Context {
  readonly globals: RunRequest['globals'] | undefined;
  readonly table: readonly Stage[];
  readonly asked: RunRequest['stages'];
  readonly ledger: ReturnType<typeof openLedgerIndex>;
  readonly tools: ReturnType<typeof openTools>;
  readonly keyOf: ReturnType<typeof openContentKey>;
  readonly wantedOf: ReturnType<typeof openWanted>;
}

/** {@link closureWithin} of many cells, which have few limits. */
const openWanted = (table: readonly Stage[]) => {
  const known = new Map<string, ReadonlySet<StageName>>();
  return (asked: RunRequest['stages'], limit: RunRequest['stages']): ReadonlySet<StageName> => {
    const key = `${asked} ${limit}`;
    const wanted = known.get(key) ?? closureWithin(table, asked, limit);
    known.set(key, wanted);
    return wanted;
  };
};

const knownCell = async (planned: PlannedCell, trees: Trees | null, ctx: Context): Promise<CellResult> => {
  const before = new Map<StageName, StageResult>();
  const wanted = ctx.wantedOf(ctx.asked, planned.stages);
  const inputs = inputsOf(planned, before, wanted);
  const again = openReproduce(planned, ctx.globals);
  for (const stage of ctx.table) {
    if (!wanted.has(stage.name)) continue;
    const known = await knownStage(stage, inputs, before, trees, ctx);
    const { verdict, reason, outputs = {}, seconds = 0 } = known;
    before.set(stage.name, {
      stage: stage.name,
      verdict,
      seconds,
      cached: true,
      reason,
      reproduce: again(stage.name),
      log: null,
      findings: [],
      outputs,
    });
  }
  const stages = [...before.values()];
  const verdict = worstVerdict(stages.map((stage) => stage.verdict));
  return { ...planned.cell, key: planned.key, verdict, stages };
};

type Known = Pick<Brief, 'verdict' | 'reason'> & Partial<Pick<Brief, 'outputs' | 'seconds'>>;

const knownStage = async (
  stage: Stage,
  inputs: StageInputs,
  before: ReadonlyMap<StageName, StageResult>,
  trees: Trees | null,
  { ledger, tools, keyOf }: Context,
): Promise<Known> => {
  const { planned } = inputs;
  if (stage.name === 'source') return source(planned, trees);
  const obstacle = await obstacleTo(stage, inputs, before, tools);
  if (obstacle) return obstacle;
  const key = stage.key && keyOf([stage.name, stage.version, await stage.key(inputs, tools)]);
  const known = key && ledger.brief(stage.name, key);
  if (known) return known;
  // What nobody has tried takes no more than a moment.
  if (stage.name === 'apply') return apply(planned, (await trees?.after()) ?? []);
  return { verdict: 'MISS', reason: 'it was not run for exactly this content' };
};

const source = ({ kernel }: PlannedCell, trees: Trees | null): Outcome => {
  if (trees === null) return { verdict: 'MISS', reason: `linux ${kernel.version} was not fetched` };
  if (trees.base === null) return { verdict: 'FAIL', reason: 'what the series needs does not apply' };
  return { verdict: 'PASS', reason: null, outputs: { tree: trees.base } };
};

const apply = (planned: PlannedCell, after: readonly (string | null)[]): Outcome => {
  const tree = after[planned.patches.length - 1];
  if (!tree) return { verdict: 'FAIL', reason: 'the series does not apply' };
  const [stale] = staleFindings(planned);
  return { verdict: stale ? 'FAIL' : 'PASS', reason: stale?.message ?? null, outputs: { tree } };
};
