// SPDX-License-Identifier: MIT
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentKey, readIfThere, writeAtomic } from '@uio-msi/host';
import type { Finding } from '@uio-msi/model';
import type { BuildContext } from '../context.js';
import { parseDiagnostics } from '../diagnostics/parse.js';
import { type MakeResult, make } from '../make/make.js';
import type { Target } from '../make/variables.js';
import { droppedOptions, type Fragment, mergeOptions } from './options.js';

/** A build folder's configuration. */
export interface Configuration {
  /** Whether Kconfig took the tree; what is wrong is in the findings when not. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

// Remembers from what the folder was configured.
const STAMP = 'uio-msi.configured';

/**
 * Configures a build folder: the kernel's tinyconfig, then the fragments in order, then what
 * Kconfig makes of it. A folder that was configured from the same things is left alone, so that
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
  const key = contentKey([target.arch, target.toolchain, fragments, await kconfigFiles(target, touched)]);
  const stamp = join(target.buildDir, STAMP);
  const config = join(target.buildDir, '.config');
  if ((await readIfThere(stamp)) !== key || (await readIfThere(config)) === null) {
    await rm(stamp, { force: true });
    const tiny = await make(target, ['tinyconfig'], ctx);
    if (!tiny.ok) return rejected(tiny, target);
    await writeAtomic(
      config,
      mergeOptions([await readFile(config, 'utf8'), ...fragments.map(({ text }) => text)]),
    );
    const final = await make(target, ['olddefconfig'], ctx);
    if (!final.ok) return rejected(final, target);
    await writeAtomic(stamp, key);
  }
  const dropped = droppedOptions(fragments, await readFile(config, 'utf8')).map(
    ({ option, wanted, got, fragment, required }): Finding => ({
      tool: 'kconfig',
      kind: 'dropped-option',
      severity: required ? 'error' : 'note',
      file: fragment,
      line: null,
      message: `${option}: wanted ${wanted}, got ${got}`,
    }),
  );
  return { ok: !dropped.some(({ severity }) => severity === 'error'), findings: dropped };
};

const rejected = ({ lines }: MakeResult, target: Target): Configuration => ({
  ok: false,
  findings: parseDiagnostics(lines, target.toolchain.family, target),
});

const kconfigFiles = (target: Target, touched: readonly string[]): Promise<readonly (string | null)[]> =>
  Promise.all(
    touched
      .filter((path) => /(^|\/)Kconfig[^/]*$/.test(path))
      .map((path) => readIfThere(join(target.worktree, path))),
  );
