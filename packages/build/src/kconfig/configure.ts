// SPDX-License-Identifier: MIT
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentKey, readIfThere, writeAtomic } from '@uio-msi/host';
import type { Finding } from '@uio-msi/model';
import type { BuildContext } from '../context.js';
import { parseDiagnostics } from '../diagnostics/parse.js';
import { type MakeResult, make } from '../make/make.js';
import type { Target } from '../make/variables.js';
import { excuseFor } from './excuse.js';
import { overOf } from './ground.js';
import { droppedOptions, type Fragment, mergeOptions, parseOptions } from './options.js';

/** A build folder's configuration. */
export interface Configuration {
  /** Whether Kconfig took the tree; what is wrong is in the findings when not. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** Options of the series that the configuration leaves out, because it turns off what they depend on. */
  readonly without: readonly string[];
  /** What it came to: what is on has a value other than `n`. */
  readonly options: ReadonlyMap<string, string>;
}

// Remembers from what the folder was configured.
const STAMP = 'uio-msi.configured';

/**
 * Configures a build folder: the kernel's tinyconfig, or what a fragment names instead, then the
 * fragments in order, then what Kconfig makes of it. A folder that was configured from the same things is left alone, so that
 * no timestamp moves.
 *
 * @param touched paths of the kernel tree that the series changes; Kconfig files among them count
 * @throws {EnvironmentError} when the machine is at fault
 */
export const configure = async (
  target: Target,
  fragments: readonly Fragment[],
  touched: readonly string[],
  ctx: BuildContext,
): Promise<Configuration> => {
  const kconfig = await kconfigFiles(target, touched);
  const key = contentKey([target.arch, target.toolchain, fragments, kconfig]);
  const stamp = join(target.buildDir, STAMP);
  const config = join(target.buildDir, '.config');
  if ((await readIfThere(stamp)) !== key || (await readIfThere(config)) === null) {
    await rm(stamp, { force: true });
    const ground = await make(target, [overOf(fragments) ?? 'tinyconfig'], ctx);
    if (!ground.ok) return rejected(ground, target);
    await writeAtomic(
      config,
      mergeOptions([await readFile(config, 'utf8'), ...fragments.map(({ text }) => text)]),
    );
    const final = await make(target, ['olddefconfig'], ctx);
    if (!final.ok) return rejected(final, target);
    await writeAtomic(stamp, key);
  }
  const text = await readFile(config, 'utf8');
  const without: string[] = [];
  const findings = droppedOptions(fragments, text).map((dropped): Finding => {
    const { option, wanted, got, fragment, required, excusable } = dropped;
    const cause = required && got === 'n' ? excuseFor(option, kconfig, fragments) : null;
    const excused = cause !== null && excusable;
    if (excused) without.push(option);
    const why = cause === null ? '' : `: it depends on ${cause}, which the configuration turns off`;
    const next =
      cause === null || excused ? '' : '; when that is meant, exclude the configuration in series.yaml';
    return {
      tool: 'kconfig',
      kind: 'dropped-option',
      severity: required && !excused ? 'error' : 'note',
      file: fragment,
      line: null,
      message: `${option}: wanted ${wanted}, got ${got}${why}${next}`,
    };
  });
  const ok = !findings.some(({ severity }) => severity === 'error');
  return { ok, findings, without, options: parseOptions(text) };
};

const rejected = ({ lines }: MakeResult, target: Target): Configuration => ({
  ok: false,
  findings: parseDiagnostics(lines, target.toolchain.family, target),
  without: [],
  options: new Map(),
});

const kconfigFiles = (target: Target, touched: readonly string[]): Promise<readonly string[]> =>
  Promise.all(
    touched
      .filter((path) => /(^|\/)Kconfig[^/]*$/.test(path))
      .map(async (path) => (await readIfThere(join(target.worktree, path))) ?? ''),
  );
