// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { findArch, findToolchain } from '@uio-msi/build';
import { EnvironmentError, type RunResult, type StageName } from '@uio-msi/model';
import { exitCodeOf, plan, runCells } from '@uio-msi/pipeline';
import { renderSummary, renderUnusedWaivers } from '@uio-msi/report';
import type { Outcome } from '../command/spec.js';
import type { CellOptions } from '../commands/options.js';
import { runtimes } from '../matrix/runtimes.js';
import { writeReport } from '../report/write.js';
import { defaultStateDir } from '../world/root.js';
import type { World } from '../world/world.js';
import { cellTools } from './cell-tools.js';
import { choose } from './choose.js';
import { requireLines } from './left-out.js';
import { installRunTools, RUN_TOOLS } from './tools.js';

/**
 * The folder of the suite's bundle. The launcher makes it, of the same sources as the command.
 *
 * @throws {EnvironmentError} `suite-missing`
 */
export const suiteBundle = async (root: string): Promise<string> => {
  const dir = join(root, 'conformance/dist/bundle');
  try {
    await access(join(dir, 'suite.mjs'));
  } catch {
    throw new EnvironmentError({
      code: 'suite-missing',
      message: 'the bundle of the conformance suite is not there',
      next: 'start the command with ./uio-msi, which makes it',
    });
  }
  return dir;
};

/**
 * Runs stages of the cells that the options choose, those they need included.
 *
 * @throws {UserError} `line-left-out`, before anything is installed or built; those of {@link choose}
 */
export const runStages = async (
  options: CellOptions,
  stages: readonly StageName[] | null,
  world: World,
): Promise<RunResult> => {
  const choice = await choose(options, world);
  requireLines(choice, stages);
  const state = await world.openState();
  const more = options.arch === undefined ? [] : cellTools(options.arch, 'gcc');
  await installRunTools(world, [...RUN_TOOLS, ...more]);
  const toolchains = [await findToolchain(options.toolchain ?? null, findArch(options.arch ?? 'x86_64'))];
  return runCells({
    state,
    cells: plan({ ...choice, toolchains }),
    stages,
    ...(options.again && { again: true }),
    command: world.commandLine,
    globals: world.stateDir === defaultStateDir(world.root) ? [] : ['--state', world.stateDir],
    suiteBundle: () => suiteBundle(world.root),
    progress: world.progress,
    runtimes: await runtimes(world),
    signal: world.signal,
  });
};

/** {@link runStages}, then the report and what a person and a script get to know. */
export const runAndReport = async (
  options: CellOptions,
  stages: readonly StageName[] | null,
  world: World,
): Promise<Outcome> => {
  const result = await runStages(options, stages, world);
  const report = await writeReport(await world.openState(), result);
  return {
    exitCode: exitCodeOf(result.verdict),
    text: [
      ...renderUnusedWaivers(result),
      renderSummary(result, { colour: world.color, report: join(report, 'index.html') }).trimEnd(),
    ].join('\n'),
    json: result,
  };
};
