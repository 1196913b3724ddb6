// SPDX-License-Identifier: MIT
import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '@uio-msi/model';
import type { BuildContext } from '../context.js';
import { parseSaid } from '../diagnostics/said.js';
import { configure } from '../kconfig/configure.js';
import type { Fragment } from '../kconfig/options.js';
import { make, makeCommand } from '../make/make.js';
import type { Target } from '../make/variables.js';
import { marked } from './half-written.js';
import { builtInModules, expectedModules } from './modules.js';
import { listen } from './spoken.js';

/** What to build. */
export interface BuildRequest extends Target {
  readonly fragments: readonly Fragment[];
  /** Paths of the kernel tree that the series changes: what is said about others does not count. */
  readonly touched: readonly string[];
  /**
   * Modules the series must bring, as paths of the build folder: `drivers/uio/uio.ko`. All have to
   * come, as files or in the image, but those whose option the configuration leaves out.
   */
  readonly modules: readonly string[];
}

/** What came of it. */
export interface BuildResult {
  readonly ok: boolean;
  /** One line; null when it is ok. */
  readonly reason: string | null;
  /** What counts. */
  readonly findings: readonly Finding[];
  /** What was said of files that the series leaves alone; the tree without it may say the same. */
  readonly others: readonly Finding[];
  /** Absolute path of the boot image; null when it was not built. */
  readonly image: string | null;
  /** Absolute paths of the modules that came of those requested, in order. */
  readonly modules: readonly string[];
  /** Those that are in the image instead, as paths of the build folder. */
  readonly builtIn: readonly string[];
  /** The make command that does it again by hand. */
  readonly command: string;
}

/** Raised when the same inputs would build differently than before. Part of a build's key. */
export const BUILD_VERSION = 4;

// Objects, generated headers and links of a tinyconfig kernel and the options of `minimal`: only for progress.
const COLD_STEPS = 1_900;

/**
 * Configures and builds a kernel's boot image and its modules in a build folder, going on from
 * what the folder has. The folder may have been left by a build that was killed.
 *
 * @throws {EnvironmentError} when the machine is at fault: disk, memory, a missing tool
 * @throws {Interrupted} when the context's signal aborts
 */
export const buildKernel = (request: BuildRequest, ctx: BuildContext): Promise<BuildResult> =>
  marked(request.buildDir, async () => {
    const configuration = await configure(request, request.fragments, request.touched, ctx);
    const goals = configuration.modular ? [request.arch.target, 'modules'] : [request.arch.target];
    const command = makeCommand(request, goals, ctx);
    const failed = (reason: string, findings: readonly Finding[]): BuildResult => ({
      ...{ ok: false, reason, findings, others: [] },
      ...{ image: null, modules: [], builtIn: [], command },
    });
    if (!configuration.ok)
      return failed(summary('configuring failed', configuration.findings), configuration.findings);

    const complete = await listen(request, request.touched);
    const expected = await expectedModules(request.modules, { ...request, ...configuration });
    await forgetModules(request);
    const image = join(request.buildDir, request.arch.image);
    const made = await make(request, goals, ctx, (await exists(image)) ? null : COLD_STEPS);
    const said = await complete(parseSaid(made.lines, request.toolchain.family, request));
    const own = isOwn(request, made.ok);
    const findings = [...configuration.findings, ...said.filter(own)];
    if (!made.ok) return failed(summary(lastWords(made.lines), findings), findings);

    const builtIn = await builtInModules(expected, request.buildDir);
    const modules = expected.filter((module) => !builtIn.includes(module));
    for (const module of modules)
      if (!(await exists(join(request.buildDir, module))))
        return failed(`${module} was not built: is its option on?`, findings);
    const bad = findings.some(({ severity }) => severity !== 'note');
    return {
      ok: !bad,
      reason: bad ? summary('', findings) : null,
      findings,
      others: said.filter((finding) => !own(finding)),
      image,
      modules: modules.map((module) => join(request.buildDir, module)),
      builtIn,
      command,
    };
  });

// make is content without a module that the tree no longer builds and leaves the old one where it
// was: those that are there afterwards are to be of this build. It costs a link each.
const forgetModules = async ({ modules, buildDir }: BuildRequest): Promise<void> => {
  for (const module of modules) await rm(join(buildDir, module), { force: true });
};

// What is said of a file of the series counts, and so do all errors of a failed build: a header of
// the series can break a file of others.
const isOwn = ({ touched }: BuildRequest, ok: boolean): ((finding: Finding) => boolean) => {
  const own = new Set(
    touched.flatMap((path) => [path, path.replace(/\.c$/, '.o'), path.replace(/\.c$/, '.ko')]),
  );
  return ({ file, severity }) => own.has(file) || (severity === 'error' && !ok);
};

const summary = (otherwise: string, findings: readonly Finding[]): string => {
  const worst =
    findings.find(({ severity }) => severity === 'error') ??
    findings.find(({ severity }) => severity !== 'note');
  if (!worst) return otherwise;
  const place = worst.line === null ? worst.file : `${worst.file}:${worst.line}`;
  return place === '' ? worst.message : `${place}: ${worst.message}`;
};

const lastWords = (lines: readonly string[]): string =>
  lines.findLast((line) => line.includes('***')) ??
  lines.findLast((line) => line.trim() !== '') ??
  'make failed';

const exists = async (path: string): Promise<boolean> => {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
};
