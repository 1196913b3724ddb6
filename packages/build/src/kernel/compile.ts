// SPDX-License-Identifier: MIT
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '@uio-msi/model';
import type { BuildContext } from '../context.js';
import { parseSaid } from '../diagnostics/said.js';
import type { Configuration } from '../kconfig/configure.js';
import { type MakeResult, make, makeCommand } from '../make/make.js';
import { failed, isOwn, judged, lastWords, summary } from './judge.js';
import type { BuildRequest, BuildResult } from './request.js';
import { listen } from './spoken.js';
import { objectOf, touchedSources } from './touched.js';

// kbuild hands its goals to a shell in one word, of which Linux takes 128 KiB (MAX_ARG_STRLEN in
// include/uapi/linux/binfmts.h).
const AT_ONCE = 1_000;

/**
 * Compiles, in a folder that is configured, the sources that a series touches and those that include
 * what it touches: `make prepare`, then the single objects (Documentation/kbuild/kbuild.rst). One
 * that does not compile keeps no other from being compiled.
 *
 * @throws {EnvironmentError} when the machine is at fault
 */
export const compileTouched = async (
  request: BuildRequest,
  configuration: Configuration,
  ctx: BuildContext,
): Promise<BuildResult> => {
  const { sources, off } = await touchedSources(request, configuration.options, ctx);
  const goals = ['-k', ...sources.map(objectOf)];
  const command = makeCommand(request, sources.length > 0 ? goals : ['prepare'], ctx);
  const complete = await listen(request, request.touched);
  const prepared = await make(request, ['prepare'], ctx);
  const made = prepared.ok ? await compile(request, sources, ctx) : prepared;
  const lines = [...prepared.lines, ...(made === prepared ? [] : made.lines)].filter(
    (line) => !NO_RULE.test(line),
  );
  const said = await complete(parseSaid(lines, request.toolchain.family, request));
  if (!prepared.ok) {
    const findings = [...configuration.findings, ...said.filter(isOwn(request, false))];
    return failed(summary(lastWords(lines), findings), findings, command);
  }
  const { compiled, broken, refused } = await became(sources, made.lines, request);
  const own = isOwn(request, broken.length === 0);
  const findings = [...configuration.findings, ...said.filter(own), ...broken.map(doesNotCompile)];
  // make may end badly without a word of an object: one of another tree would pass for compiled.
  const unexplained = !made.ok && broken.length === 0 && refused.length === 0;
  if (unexplained || (compiled.length === 0 && broken.length > 0))
    return failed(summary(lastWords(lines), findings), findings, command);
  return {
    ...judged(findings),
    made: true,
    findings,
    others: said.filter((finding) => !own(finding)),
    ...{ image: null, modules: [], builtIn: [] },
    sources: { compiled, broken, leftOut: [...off, ...refused].sort() },
    command,
  };
};

const compile = async (
  request: BuildRequest,
  sources: readonly string[],
  ctx: BuildContext,
): Promise<MakeResult> => {
  const lines: string[] = [];
  let ok = true;
  for (let at = 0; at < sources.length; at += AT_ONCE) {
    const goals = sources.slice(at, at + AT_ONCE).map(objectOf);
    // Everything that can be, whatever fails.
    const made = await make(request, ['-k', ...goals], ctx, goals.length);
    lines.push(...made.lines);
    ok &&= made.ok;
  }
  return { ok, lines };
};

/** Which sources were compiled, which were not, and which kbuild has no rule for. */
const became = async (
  sources: readonly string[],
  lines: readonly string[],
  { buildDir }: Pick<BuildRequest, 'buildDir'>,
): Promise<Record<'compiled' | 'broken' | 'refused', readonly string[]>> => {
  const named = (pattern: RegExp) => new Set(lines.map((line) => pattern.exec(line)?.groups?.['object']));
  const [failing, unknown] = [named(BROKEN), named(NO_RULE)];
  const refused = sources.filter((source) => unknown.has(objectOf(source)));
  const broken: string[] = [];
  const compiled: string[] = [];
  for (const source of sources.filter((one) => !refused.includes(one))) {
    const object = objectOf(source);
    // No object is no success, whatever was said.
    const there = await stat(join(buildDir, object)).catch(() => null);
    (failing.has(object) || there === null ? broken : compiled).push(source);
  }
  return { compiled, broken, refused };
};

// `make[4]: *** [scripts/Makefile.build:289: drivers/uio/uio.o] Error 1`
const BROKEN = /^make(?:\[\d+\])?: \*\*\* \[(?:[^\]]*: )?(?:\.\/)?(?<object>[^\s\]]+\.o)\] /;

// What kbuild does not compile in this configuration; not every version of it refuses.
const NO_RULE = /^make(?:\[\d+\])?: \*\*\* No rule to make target '(?:\.\/)?(?<object>[^']+\.o)'/;

const doesNotCompile = (source: string): Finding => ({
  ...{ tool: 'make', kind: 'not-compiled', severity: 'error', file: source, line: null },
  message: `${source} does not compile`,
});
