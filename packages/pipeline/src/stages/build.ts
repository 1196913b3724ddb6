// SPDX-License-Identifier: MIT
import { appendFile } from 'node:fs/promises';
import { BUILD_VERSION, type BuildResult, buildKernel, buildSelftests, type Selftests } from '@uio-msi/build';
import { type Finding, findingIdentity } from '@uio-msi/model';
import { artefactNames, artefactsAreWhole, keepArtefacts } from '../run/artefacts.js';
import { defineStage, type Outcome, type StageContext, type StageInputs } from '../stage/stage.js';
import { againstBase } from './against-base.js';
import { saidWithout } from './build-base.js';
import { buildContext, buildRequest, moveTo } from './built-tree.js';
import { isCheck } from './check.js';
import { judgeSources, tellSources } from './compiled-only.js';
import { isInspection } from './inspect.js';
import { waived } from './waived.js';

/** Builds the boot image, the modules and the selftests of the patched tree, or compiles what the series touches. */
export const build = defineStage({
  name: 'build',
  version: 4,
  needs: ['source', 'apply', 'base'],
  key: async ({ planned, output }) => ({
    build: BUILD_VERSION,
    tree: output('apply', 'tree'),
    base: output('source', 'tree'),
    arch: planned.cell.arch,
    toolchain: [planned.toolchain.name, planned.toolchain.version],
    fragments: planned.fragments,
    modules: planned.modules,
    selftests: planned.selftests,
    waivers: planned.waivers.filter(({ tool }) => isBuilding(tool)),
  }),
  stillThere: async ({ outputs }, { state }) =>
    outputs['artefacts'] === undefined ||
    artefactsAreWhole(state.path(outputs['artefacts']), outputs['digest']),
  run: async (inputs, ctx): Promise<Outcome> => {
    await moveTo(inputs.output('apply', 'tree'), inputs, ctx);
    const built = await buildKernel(buildRequest(inputs, ctx), await buildContext(ctx));
    await appendFile(ctx.log, `\n${built.command}\n${tellSources(built.sources)}`);
    if (!built.made) return { verdict: 'FAIL', reason: built.reason, findings: built.findings };
    const tests = built.image === null ? NO_TESTS : await buildTests(inputs, ctx);
    const outputs = await outputsOf(built, tests, inputs, ctx);
    const old = await saidWithout(built, inputs, ctx);
    const all = [...built.findings, ...built.others];
    const brought = [...all.filter((finding) => !old.has(findingIdentity(finding))), ...tests.findings];
    const findings = waived(brought, inputs, isBuilding);
    const { fixed } = againstBase(
      all,
      inputs.found('base').findings.filter(({ tool }) => isBuilding(tool)),
    );
    const first = findings.find(({ severity }) => severity !== 'note');
    if (first) return { verdict: 'FAIL', reason: placed(first), findings, fixed, outputs };
    const { sources } = built;
    if (sources === null) return { verdict: 'PASS', reason: null, findings, fixed, outputs };
    return { ...judgeSources(sources), findings, fixed, outputs };
  },
});

const placed = ({ file, line, message }: Finding): string =>
  `${file}${line === null ? '' : `:${line}`}: ${message}`;

const NO_TESTS: Selftests = { programs: [], findings: [], command: null };

const buildTests = async (inputs: StageInputs, ctx: StageContext): Promise<Selftests> => {
  const request = buildRequest(inputs, ctx);
  const tests = await buildSelftests(request, inputs.planned.selftests, await buildContext(ctx));
  if (tests.command) await appendFile(ctx.log, `${tests.command}\n`);
  return tests;
};

/** What the build hands to later stages: a kernel with what is loaded into it, or how much was compiled. */
const outputsOf = async (
  { image, modules, builtIn, sources }: BuildResult,
  { programs }: Selftests,
  { planned }: StageInputs,
  { key, state }: StageContext,
): Promise<Readonly<Record<string, string>>> => {
  // What does not compile cannot be inspected.
  if (image === null)
    return sources?.broken.length === 0 ? { compiled: String(sources.compiled.length) } : {};
  const artefacts = `artefacts/${key}`;
  const kept = { image, modules, selftests: programs };
  const digest = await keepArtefacts(state.path(artefacts), planned.folder, kept);
  return { artefacts, digest, ...artefactNames({ modules, builtIn, selftests: programs }) };
};

// Compilers, linkers, modpost, Kconfig: whoever is none of the others.
const isBuilding = (tool: string): boolean => !isCheck(tool) && !isInspection(tool);
