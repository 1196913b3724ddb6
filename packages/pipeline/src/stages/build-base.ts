// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { type BuildRequest, type BuildResult, buildKernel } from '@uio-msi/build';
import { contentKey, readJson, writeAtomic } from '@uio-msi/host';
import { EnvironmentError, type Finding, findingIdentity } from '@uio-msi/model';
import type { StageContext, StageInputs } from '../stage/stage.js';
import { buildContext, buildRequest, moveTo } from './built-tree.js';

/** What is built of the tree without the series: it has none of its modules, and its options are wishes. Pure. */
export const baseRequest = ({
  planned,
}: Pick<StageInputs, 'planned'>): Pick<BuildRequest, 'fragments' | 'modules'> => {
  const own = planned.fragments.length - 1;
  // The same for every prefix of the series.
  const all = planned.series.config.join('\n');
  return {
    fragments: planned.fragments.map(({ name, text }, at) => ({
      ...{ name, text: at === own ? all : text, required: false },
    })),
    modules: [],
  };
};

/**
 * Builds the tree without the series in the folder in which it is then built with it, and remembers
 * there all that was said.
 *
 * @returns what was said of files that the series changes
 * @throws {EnvironmentError} `base-not-built`, and what building throws
 */
export const buildBase = async (inputs: StageInputs, ctx: StageContext): Promise<readonly Finding[]> => {
  await moveTo(inputs.output('source', 'tree'), inputs, ctx);
  const request = {
    ...buildRequest(inputs, ctx),
    ...baseRequest(inputs),
    touched: inputs.planned.touches.changed,
  };
  const { made, reason, findings, others } = await buildKernel(request, await buildContext(ctx));
  if (!made) throw baseNotBuilt(reason, inputs);
  const { key, file, said } = await recall(inputs, ctx);
  // What the series adds is not there, but an object of it may be, with what was said of it.
  const added = inputs.planned.touches.added;
  const told = [...findings, ...others].filter((finding) => !added.has(finding.file));
  const all = new Set([...said, ...told.map(findingIdentity)]);
  await writeAtomic(file, JSON.stringify({ key, said: [...all] } satisfies BaseSaid));
  // That the tree has not the options of the series is no finding.
  return findings.filter(({ severity }) => severity !== 'note');
};

/**
 * What the tree without the series says of what the one with it says. It was asked before; it is
 * asked again when there is something of a file of before that it did not say then: a part of the
 * folder may have been built at another time.
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
  const known = inputs.found('base').findings.map(findingIdentity);
  const said = new Set([...known, ...(await recall(inputs, ctx)).said]);
  const added = inputs.planned.touches.added;
  const isOpen = (finding: Finding) =>
    finding.severity === 'warning' && !added.has(finding.file) && !said.has(findingIdentity(finding));
  if (![...findings, ...others].some(isOpen)) return said;
  await buildBase(inputs, ctx);
  return new Set([...known, ...(await recall(inputs, ctx)).said]);
};

interface BaseSaid {
  readonly key: string;
  /** Identities of findings. */
  readonly said: readonly string[];
}

const recall = async (
  inputs: StageInputs,
  ctx: StageContext,
): Promise<BaseSaid & { readonly file: string }> => {
  const { buildDir, toolchain } = buildRequest(inputs, ctx);
  const file = join(buildDir, 'uio-msi.base');
  const key = contentKey([inputs.output('source', 'tree'), toolchain, baseRequest(inputs).fragments]);
  const found = Object(await readJson(file)) as Partial<BaseSaid>;
  return { key, file, said: found.key === key ? (found.said ?? []) : [] };
};

const baseNotBuilt = (why: string | null, { planned }: StageInputs): EnvironmentError =>
  new EnvironmentError({
    code: 'base-not-built',
    message: 'the tree without the series, to compare with, could not be built',
    why: why ?? undefined,
    next: `choose another configuration than ${planned.cell.config}`,
  });
