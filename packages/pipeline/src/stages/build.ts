// SPDX-License-Identifier: MIT
import { appendFile } from 'node:fs/promises';
import { BUILD_VERSION, buildKernel, findArch } from '@uio-msi/build';
import { moveWorktree } from '@uio-msi/kernels';
import { touchedPaths } from '@uio-msi/series';
import { artefactsAreWhole, keepArtefacts } from '../run/artefacts.js';
import { defineStage, type Outcome } from '../stage/stage.js';

/** Builds the boot image and the modules of the patched tree. */
export const build = defineStage({
  name: 'build',
  version: 1,
  needs: ['apply'],
  key: async ({ planned, output }) => ({
    build: BUILD_VERSION,
    tree: output('apply', 'tree'),
    arch: planned.cell.arch,
    toolchain: [planned.toolchain.name, planned.toolchain.version],
    fragments: planned.fragments,
    modules: planned.series.modules,
  }),
  stillThere: async ({ outputs }, { state }) =>
    outputs['artefacts'] === undefined ||
    artefactsAreWhole(state.path(outputs['artefacts']), outputs['digest']),
  run: async ({ planned, output }, ctx): Promise<Outcome> => {
    const { state, store, lock, signal, progress, work, log } = ctx;
    const worktree = state.path('worktrees', planned.key);
    await moveWorktree(store, worktree, output('apply', 'tree'), { lock, signal, progress, work });
    const built = await buildKernel(
      {
        worktree,
        buildDir: state.path('build', planned.key),
        arch: findArch(planned.cell.arch),
        toolchain: planned.toolchain,
        fragments: planned.fragments,
        touched: [...new Set(planned.patches.flatMap(touchedPaths))],
        modules: planned.series.modules,
      },
      { ccache: await ctx.tools.ccache(), lock, signal, progress, work, log },
    );
    await appendFile(log, `\n${built.command}\n`);
    const { ok, reason, findings, image, modules } = built;
    if (image === null) return { verdict: 'FAIL', reason, findings };
    const artefacts = `artefacts/${ctx.key}`;
    const digest = await keepArtefacts(state.path(artefacts), { image, modules });
    return { verdict: ok ? 'PASS' : 'FAIL', reason, findings, outputs: { artefacts, digest } };
  },
});
