// SPDX-License-Identifier: MIT
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BUILD_VERSION,
  type BuildRequest,
  type BuildResult,
  buildKernel,
  buildSelftests,
} from '@uio-msi/build';
import { contentKey, readJson, writeAtomic } from '@uio-msi/host';
import { EnvironmentError, findingIdentity } from '@uio-msi/model';
import { artefactNames, artefactsAreWhole, keepArtefacts } from '../run/artefacts.js';
import { defineStage, type Outcome, type StageContext, type StageInputs } from '../stage/stage.js';
import { addedBy, buildContext, buildRequest, moveTo } from './built-tree.js';

/** Builds the boot image, the modules and the selftests of the patched tree. */
export const build = defineStage({
  name: 'build',
  version: 2,
  needs: ['source', 'apply'],
  key: async ({ planned, output }) => ({
    build: BUILD_VERSION,
    tree: output('apply', 'tree'),
    base: output('source', 'tree'),
    arch: planned.cell.arch,
    toolchain: [planned.toolchain.name, planned.toolchain.version],
    fragments: planned.fragments,
    modules: planned.modules,
    selftests: planned.selftests,
  }),
  stillThere: async ({ outputs }, { state }) =>
    outputs['artefacts'] === undefined ||
    artefactsAreWhole(state.path(outputs['artefacts']), outputs['digest']),
  run: async (inputs, ctx): Promise<Outcome> => {
    await moveTo(inputs.output('apply', 'tree'), inputs, ctx);
    const built = await buildKernel(buildRequest(inputs, ctx), await buildContext(ctx));
    await appendFile(ctx.log, `\n${built.command}\n`);
    if (built.image === null) return { verdict: 'FAIL', reason: built.reason, findings: built.findings };
    const { image, modules, builtIn } = built;
    const tests = await buildSelftests(
      buildRequest(inputs, ctx),
      inputs.planned.selftests,
      await buildContext(ctx),
    );
    const artefacts = `artefacts/${ctx.key}`;
    const digest = await keepArtefacts(ctx.state.path(artefacts), {
      image,
      modules,
      selftests: tests.programs,
    });
    const outputs = { artefacts, digest, ...artefactNames({ modules, builtIn, selftests: tests.programs }) };
    const old = await saidWithout(built, inputs, ctx);
    const said = [...built.findings, ...built.others].filter((finding) => !old.has(findingIdentity(finding)));
    const findings = [...said, ...tests.findings];
    const first = findings.find(({ severity }) => severity !== 'note');
    return {
      verdict: first ? 'FAIL' : 'PASS',
      reason: first ? `${first.file}${first.line === null ? '' : `:${first.line}`}: ${first.message}` : null,
      findings,
      outputs,
    };
  },
});

// Only what the series brings counts: of a file that was there before, a warning that the tree
// without the series does not give. That tree is built, in the same folder, when there is one to
// ask for, and what it said is remembered there.
const saidWithout = async (
  { findings, others }: BuildResult,
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

const withoutSeries = (request: BuildRequest): BuildRequest => ({
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
