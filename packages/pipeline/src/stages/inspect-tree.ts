// SPDX-License-Identifier: MIT
import { makeGoals } from '@uio-msi/build';
import { EXPECTED, INSPECTIONS, type InspectionReport, runInspections } from '@uio-msi/checks';
import { fileDigest, Written } from '@uio-msi/host';
import type { StageContext, StageInputs } from '../stage/stage.js';
import type { Tools } from '../stage/tools.js';
import { baseRequest } from './build-base.js';
import { buildContext, buildRequest, moveTo, presentOf, touchedBy } from './built-tree.js';

/** Everything about inspections that can change what they find. */
export const inspectionsKey = (tools: Tools): Promise<unknown> =>
  tools.once('inspections', async () => {
    const inspections = INSPECTIONS.map(async ({ name, version, script }) => [
      ...[name, version],
      script && (await fileDigest(script)),
    ]);
    return new Written({
      inspections: await Promise.all(inspections),
      expected: EXPECTED,
      tools: await tools.inspectors(),
    });
  });

/**
 * Inspects a tree of a cell that was built: the one that a stage gave.
 *
 * @param of `apply` for the tree with the series, `source` for the one without it
 */
export const inspectTree = async (
  inputs: StageInputs,
  ctx: StageContext,
  of: 'apply' | 'source',
): Promise<readonly InspectionReport[]> => {
  await moveTo(inputs.output(of, 'tree'), inputs, ctx);
  const own = buildRequest(inputs, ctx);
  const request =
    of === 'apply' ? own : { ...own, ...baseRequest(inputs), touched: inputs.planned.touches.changed };
  const { worktree, buildDir, toolchain, touched } = request;
  const context = await buildContext(ctx);
  const installed = await ctx.tools.inspectors();
  return runInspections(
    {
      ...{ worktree, buildDir, compiler: toolchain.command },
      make: (goals, variables) => makeGoals(request, goals, variables, context),
    },
    await presentOf(worktree, of === 'apply' ? touchedBy(inputs) : touched),
    {
      signal: ctx.signal,
      missing: new Set(Object.keys(installed).filter((name) => installed[name] === null)),
      once: (name, look) => ctx.tools.once(`${inputs.output(of, 'tree')} ${name}`, look),
      onBegin: (text) => ctx.progress({ type: 'update', id: ctx.work, text }),
    },
  );
};
