// SPDX-License-Identifier: MIT
import { appendFile } from 'node:fs/promises';
import { BUILD_VERSION, buildKernel, buildSelftests } from '@uio-msi/build';
import { findingIdentity } from '@uio-msi/model';
import { artefactNames, artefactsAreWhole, keepArtefacts } from '../run/artefacts.js';
import { defineStage, type Outcome } from '../stage/stage.js';
import { againstBase } from './against-base.js';
import { saidWithout } from './build-base.js';
import { buildContext, buildRequest, moveTo } from './built-tree.js';
import { isCheck } from './check.js';
import { isInspection } from './inspect.js';
import { waived } from './waived.js';

/** Builds the boot image, the modules and the selftests of the patched tree. */
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
    await appendFile(ctx.log, `\n${built.command}\n`);
    if (built.image === null) return { verdict: 'FAIL', reason: built.reason, findings: built.findings };
    const { image, modules, builtIn } = built;
    const tests = await buildSelftests(
      buildRequest(inputs, ctx),
      inputs.planned.selftests,
      await buildContext(ctx),
    );
    if (tests.command) await appendFile(ctx.log, `${tests.command}\n`);
    const artefacts = `artefacts/${ctx.key}`;
    const digest = await keepArtefacts(ctx.state.path(artefacts), inputs.planned.folder, {
      image,
      modules,
      selftests: tests.programs,
    });
    const outputs = { artefacts, digest, ...artefactNames({ modules, builtIn, selftests: tests.programs }) };
    const old = await saidWithout(built, inputs, ctx);
    const all = [...built.findings, ...built.others];
    const brought = [...all.filter((finding) => !old.has(findingIdentity(finding))), ...tests.findings];
    const findings = waived(brought, inputs, isBuilding);
    const { fixed } = againstBase(
      all,
      inputs.found('base').findings.filter(({ tool }) => isBuilding(tool)),
    );
    const first = findings.find(({ severity }) => severity !== 'note');
    return {
      verdict: first ? 'FAIL' : 'PASS',
      reason: first ? `${first.file}${first.line === null ? '' : `:${first.line}`}: ${first.message}` : null,
      ...{ findings, fixed, outputs },
    };
  },
});

// Compilers, linkers, modpost, Kconfig: whoever is none of the others.
const isBuilding = (tool: string): boolean => !isCheck(tool) && !isInspection(tool);
