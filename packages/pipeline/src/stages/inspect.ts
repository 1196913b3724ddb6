// SPDX-License-Identifier: MIT
import { makeGoals } from '@uio-msi/build';
import { type BuiltTree, ensureKernelFiles, INSPECTIONS, runInspections, WAIVERS } from '@uio-msi/checks';
import { fileDigest } from '@uio-msi/host';
import type { CheckResult, Finding } from '@uio-msi/model';
import { defineStage, type Outcome, type StageContext, type StageInputs } from '../stage/stage.js';
import { buildContext, buildRequest, moveTo, presentOf, touchedBy } from './built-tree.js';
import { findingsReason } from './reason.js';
import { withoutSeries } from './without-series.js';

/** Looks at the built tree with the field's static checkers, beside the guests. */
export const inspect = defineStage({
  name: 'inspect',
  version: 3,
  needs: ['source', 'apply', 'build'],
  prepare: (tools) => void tools.inspectors(),
  key: async ({ planned, output }, tools) => ({
    tree: output('apply', 'tree'),
    base: output('source', 'tree'),
    arch: planned.cell.arch,
    toolchain: [planned.toolchain.name, planned.toolchain.version],
    fragments: planned.fragments,
    inspections: await Promise.all(
      INSPECTIONS.map(async ({ name, version, script }) => [
        name,
        version,
        script && (await tools.once(script, () => fileDigest(script))),
      ]),
    ),
    tools: await tools.inspectors(),
    waivers: WAIVERS,
  }),
  run: async (inputs, ctx): Promise<Outcome> => {
    await moveTo(inputs.output('apply', 'tree'), inputs, ctx);
    const installed = await ctx.tools.inspectors();
    const missing = Object.keys(installed).filter((name) => installed[name] === null);
    const tree = await builtTree(inputs, ctx);
    const { checks, findings } = await runInspections(
      tree,
      await presentOf(tree.worktree, touchedBy(inputs)),
      {
        signal: ctx.signal,
        missing: new Set(missing),
        onBegin: (text) => ctx.progress({ type: 'update', id: ctx.work, text }),
      },
    );
    return { ...judgeChecks(checks, findings), findings, checks };
  },
});

/** What checks gave, in a word and a line: what lacked a tool was not looked at, and is not known to be good. */
export const judgeChecks = (
  checks: readonly CheckResult[],
  findings: readonly Finding[],
): Pick<Outcome, 'verdict' | 'reason'> => {
  const reason = findingsReason(findings);
  if (reason !== null) return { verdict: 'FAIL', reason };
  const missed = checks.find(({ verdict }) => verdict === 'MISS');
  if (missed) return { verdict: 'MISS', reason: `${missed.name}: ${missed.reason}` };
  return { verdict: 'PASS', reason: null };
};

const builtTree = async (inputs: StageInputs, ctx: StageContext): Promise<BuiltTree> => {
  const request = buildRequest(inputs, ctx);
  const { worktree, buildDir } = request;
  const context = await buildContext(ctx);
  const base = { gitDir: ctx.store.gitDir, tree: inputs.output('source', 'tree'), checks: [] };
  const paths = touchedBy(inputs);
  return {
    worktree,
    buildDir,
    compiler: inputs.planned.toolchain.command,
    baseDir: await ensureKernelFiles({ ...base, paths, cache: ctx.state.path('kernel-files') }, ctx),
    make: (goals, variables) => makeGoals(request, goals, variables, context),
    makeWithout: async (goals, variables) => {
      await moveTo(inputs.output('source', 'tree'), inputs, ctx);
      try {
        return await makeGoals(withoutSeries(request), goals, variables, context);
      } finally {
        await moveTo(inputs.output('apply', 'tree'), inputs, ctx);
      }
    },
  };
};
