// SPDX-License-Identifier: MIT
import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from '../context.js';
import { parseSaid } from '../diagnostics/said.js';
import { type Configuration, configure } from '../kconfig/configure.js';
import { isCompiledOnly } from '../kconfig/ground.js';
import { hasModules } from '../kconfig/options.js';
import { make, makeCommand } from '../make/make.js';
import { compileTouched } from './compile.js';
import { marked } from './half-written.js';
import { failed, isOwn, judged, lastWords, summary } from './judge.js';
import { builtInModules, expectedModules } from './modules.js';
import type { BuildRequest, BuildResult } from './request.js';
import { listen } from './spoken.js';

/** Raised when the same inputs would build differently than before. Part of a build's key. */
export const BUILD_VERSION = 5;

// Objects, generated headers and links of a tinyconfig kernel and the options of `minimal`: only for progress.
const COLD_STEPS = 1_900;

/**
 * Configures and builds a kernel's boot image and its modules in a build folder, going on from
 * what the folder has; or compiles only what the series touches, where the configuration says so.
 * The folder may have been left by a build that was killed.
 *
 * @throws {EnvironmentError} when the machine is at fault: disk, memory, a missing tool
 * @throws {Interrupted} when the context's signal aborts
 */
export const buildKernel = (request: BuildRequest, ctx: BuildContext): Promise<BuildResult> =>
  marked(request.buildDir, async () => {
    const configuration = await configure(request, request.fragments, request.touched, ctx);
    if (!configuration.ok)
      return failed(
        summary('configuring failed', configuration.findings),
        configuration.findings,
        makeCommand(request, ['olddefconfig'], ctx),
      );
    return isCompiledOnly(request.fragments)
      ? compileTouched(request, configuration, ctx)
      : makeKernel(request, configuration, ctx);
  });

const makeKernel = async (
  request: BuildRequest,
  configuration: Configuration,
  ctx: BuildContext,
): Promise<BuildResult> => {
  const modular = hasModules(configuration.options);
  const goals = modular ? [request.arch.target, 'modules'] : [request.arch.target];
  const command = makeCommand(request, goals, ctx);
  const complete = await listen(request, request.touched);
  const expected = await expectedModules(request.modules, { ...request, ...configuration });
  await forgetModules(request);
  const image = join(request.buildDir, request.arch.image);
  const made = await make(request, goals, ctx, (await exists(image)) ? null : COLD_STEPS);
  const said = await complete(parseSaid(made.lines, request.toolchain.family, request));
  const own = isOwn(request, made.ok);
  const findings = [...configuration.findings, ...said.filter(own)];
  if (!made.ok) return failed(summary(lastWords(made.lines), findings), findings, command);

  const builtIn = await builtInModules(expected, request.buildDir);
  const modules = expected.filter((module) => !builtIn.includes(module));
  for (const module of modules)
    if (!(await exists(join(request.buildDir, module))))
      return failed(`${module} was not built: is its option on?`, findings, command);
  return {
    ...judged(findings),
    made: true,
    findings,
    others: said.filter((finding) => !own(finding)),
    image,
    modules: modules.map((module) => join(request.buildDir, module)),
    builtIn,
    sources: null,
    command,
  };
};

// make is content without a module that the tree no longer builds and leaves the old one where it
// was: those that are there afterwards are to be of this build. It costs a link each.
const forgetModules = async ({ modules, buildDir }: BuildRequest): Promise<void> => {
  for (const module of modules) await rm(join(buildDir, module), { force: true });
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
};
