// SPDX-License-Identifier: MIT
import { access, rm, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Finding } from '@uio-msi/model';
import type { BuildContext } from '../context.js';
import { parseDiagnostics } from '../diagnostics/parse.js';
import { configure } from '../kconfig/configure.js';
import type { Fragment } from '../kconfig/options.js';
import { make, makeCommand } from '../make/make.js';
import type { Target } from '../make/variables.js';
import { marked } from './half-written.js';

/** What to build. */
export interface BuildRequest extends Target {
  readonly fragments: readonly Fragment[];
  /** Paths of the kernel tree that the series changes: what is said about others does not count. */
  readonly touched: readonly string[];
  /** Modules the series must bring, as paths of the build folder: `drivers/uio/uio.ko`. */
  readonly modules: readonly string[];
}

/** What came of it. */
export interface BuildResult {
  readonly ok: boolean;
  /** One line; null when it is ok. */
  readonly reason: string | null;
  readonly findings: readonly Finding[];
  /** Absolute path of the boot image; null when it was not built. */
  readonly image: string | null;
  /** Absolute paths of the requested modules, in order; empty when they were not built. */
  readonly modules: readonly string[];
  /** The make command that does it again by hand. */
  readonly command: string;
}

/** Raised when the same inputs would build differently than before. Part of a build's key. */
export const BUILD_VERSION = 2;

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
    const goals = [request.arch.target, 'modules'];
    const quiet = join(request.buildDir, QUIET);
    const command = makeCommand(request, goals, ctx);
    const failed = (reason: string, findings: readonly Finding[]): BuildResult => ({
      ok: false,
      reason,
      findings,
      image: null,
      modules: [],
      command,
    });

    const configuration = await configure(request, request.fragments, request.touched, ctx);
    if (!configuration.ok)
      return failed(summary('configuring failed', configuration.findings), configuration.findings);

    if (!(await exists(quiet))) await forgetTouched(request);
    await rm(quiet, { force: true });
    const modules = request.modules.map((module) => join(request.buildDir, module));
    await forgetModules(modules);
    const cold = !(await exists(join(request.buildDir, request.arch.image)));
    const made = await make(request, goals, ctx, cold ? COLD_STEPS : null);
    const said = parseDiagnostics(made.lines, request.toolchain.family, request);
    if (made.ok && said.length === 0) await writeFile(quiet, '');
    const findings = [...configuration.findings, ...ownFindings(request, said, made.ok)];
    if (!made.ok) return failed(summary(lastWords(made.lines), findings), findings);

    for (const module of modules)
      if (!(await exists(module))) return failed(`${module} was not built: is its option on?`, findings);
    const bad = findings.some(({ severity }) => severity !== 'note');
    return {
      ok: !bad,
      reason: bad ? summary('', findings) : null,
      findings,
      image: join(request.buildDir, request.arch.image),
      modules,
      command,
    };
  });

// In a build folder whose last make had nothing to say of any file.
const QUIET = 'uio-msi.quiet';

// An object that is not rebuilt says nothing: its warnings would be gone in the next run. kbuild
// remakes a target whose command it does not know. Where there were no warnings, none can go.
const forgetTouched = async ({ touched, buildDir }: BuildRequest): Promise<void> => {
  for (const path of touched) {
    const { dir, name, ext } = parse(path);
    if (ext === '.c') await rm(join(buildDir, dir, `.${name}.o.cmd`), { force: true });
  }
};

// make is content without a module that the tree no longer builds and leaves the old one where it
// was: those that are there afterwards are to be of this build. It costs a link each.
const forgetModules = async (modules: readonly string[]): Promise<void> => {
  for (const module of modules) await rm(module, { force: true });
};

// A failed build's errors all count: a header of the series can break a file of others.
const ownFindings = (request: BuildRequest, said: readonly Finding[], ok: boolean): Finding[] => {
  const own = new Set(
    request.touched.flatMap((path) => [path, path.replace(/\.c$/, '.o'), path.replace(/\.c$/, '.ko')]),
  );
  return said.filter(({ file, severity }) => own.has(file) || (severity === 'error' && !ok));
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
