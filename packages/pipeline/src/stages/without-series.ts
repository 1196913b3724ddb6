// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { type BuildRequest, type BuildResult, buildKernel } from '@uio-msi/build';
import { contentKey, readJson, writeAtomic } from '@uio-msi/host';
import { EnvironmentError, findingIdentity } from '@uio-msi/model';
import type { StageContext, StageInputs } from '../stage/stage.js';
import { addedBy, buildContext, buildRequest, moveTo } from './built-tree.js';

/**
 * What the tree without the series says, of which nothing is the series' fault. That tree is built,
 * in the same folder, only when there is a warning of a file that was there before to ask for, and
 * what it said is remembered there.
 *
 * @param built what the tree with the series said
 * @returns identities of findings
 * @throws {EnvironmentError} `base-not-built`, and what building throws
 */
export const saidWithout = async (
  { findings, others }: Pick<BuildResult, 'findings' | 'others'>,
  inputs: StageInputs,
  ctx: StageContext,
): Promise<ReadonlySet<string>> => {
  const added = addedBy(inputs);
  const asked = [...findings, ...others].filter(
    ({ file, severity }) => severity === 'warning' && !added.has(file),
  );
  if (asked.length === 0) return new Set();
  const request = buildRequest(inputs, ctx);
  const base = inputs.output('source', 'tree');
  const key = contentKey([base, request.toolchain, request.fragments]);
  const memory = join(request.buildDir, 'uio-msi.base');
  const remembered = Object(await readJson(memory)) as Partial<BaseSaid>;
  const before = new Set(remembered.key === key ? remembered.said : []);
  if (asked.every((finding) => before.has(findingIdentity(finding)))) return before;
  await moveTo(base, inputs, ctx);
  const built = await buildKernel(withoutSeries(request), await buildContext(ctx));
  if (built.image === null) throw baseNotBuilt(built.reason, inputs);
  const said = [...before, ...[...built.findings, ...built.others].map(findingIdentity)];
  await writeAtomic(memory, JSON.stringify({ key, said } satisfies BaseSaid));
  return new Set(said);
};

interface BaseSaid {
  readonly key: string;
  /** Identities of findings. */
  readonly said: readonly string[];
}

/** What is built of the tree without the series: it has none of its options and modules. Pure. */
export const withoutSeries = (request: BuildRequest): BuildRequest => ({
  ...request,
  fragments: request.fragments.map((fragment) => ({ ...fragment, required: false })),
  modules: [],
});

const baseNotBuilt = (why: string | null, { planned }: StageInputs): EnvironmentError =>
  new EnvironmentError({
    code: 'base-not-built',
    message: 'the tree without the series, to compare warnings with, could not be built',
    why: why ?? undefined,
    next: `choose another configuration than ${planned.cell.config}`,
  });
