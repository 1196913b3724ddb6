// SPDX-License-Identifier: MIT
import { copyFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { explainRefusal, fileDigest, makeFolder, run } from '@uio-msi/host';
import { EnvironmentError, type Progress } from '@uio-msi/model';
import type { Headers } from './headers.js';
import { moduleName } from './kbuild.js';
import { readModinfo } from './modinfo.js';
import { type SigningKey, sign } from './sign.js';
import type { ModuleSource } from './source.js';
import { writeModuleSource } from './write.js';

/** What is built, for which kernel, and where it goes. */
export interface ModuleBuild {
  readonly source: ModuleSource;
  readonly licence: string;
  readonly headers: Headers;
  /** Gets the modules; what it has of them is replaced. */
  readonly out: string;
  /** A folder of ours to build in. */
  readonly scratch: string;
  readonly key: SigningKey | null;
}

/** One module that was built. */
export interface BuiltModule {
  readonly path: string;
  readonly sha256: string;
  /** `modinfo -F series`: series, revision, digest of the sources. */
  readonly series: string;
  readonly signed: boolean;
}

/** What came of it. */
export interface BuiltModules {
  readonly modules: readonly BuiltModule[];
  readonly log: string;
}

interface Context {
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
}

/**
 * Builds the modules against a kernel's headers, takes their debugging information away (it has
 * this machine's paths), signs them if there is a key, and puts them into a folder.
 *
 * @throws {EnvironmentError} `module-build-failed`, `module-not-signed`, `disk-full`
 */
export const buildModules = async (wanted: ModuleBuild, ctx: Context): Promise<BuiltModules> => {
  const { source, headers, scratch, out, key } = wanted;
  const id = `module:${headers.release}`;
  ctx.progress({ type: 'begin', id, title: `modules for ${headers.release}` });
  const log = `${scratch}.log`;
  try {
    await rm(log, { force: true });
    await writeModuleSource(scratch, source, wanted.licence);
    await make(headers, scratch, log, ctx.signal);
    await makeFolder(out);
    const modules: BuiltModule[] = [];
    for (const path of source.modules) {
      const built = join(scratch, `${moduleName(path)}.ko`);
      await run('strip', ['--strip-debug', built], { signal: ctx.signal });
      if (key !== null) await sign(built, headers, key, ctx.signal);
      modules.push(await place(built, out, key !== null));
    }
    ctx.progress({ type: 'end', id, verdict: 'good' });
    return { modules, log };
  } catch (error) {
    ctx.progress({ type: 'end', id, verdict: 'bad' });
    throw explainRefusal(error, out);
  }
};

const make = async (headers: Headers, scratch: string, log: string, signal?: AbortSignal): Promise<void> => {
  const env = { LC_ALL: 'C', MAKEFLAGS: undefined, ARCH: undefined, CROSS_COMPILE: undefined };
  const args = ['-C', headers.dir, `M=${scratch}`, 'modules'];
  const { exitCode, command } = await run('make', args, { env, log, signal });
  if (exitCode === 0) return;
  throw new EnvironmentError({
    code: 'module-build-failed',
    message: `the modules do not build for linux ${headers.release}`,
    why: `the compiler's words are in ${log}`,
    next: `read them; if that kernel is older than any line in linux-tree/kernels.yaml, it needs a variant of its own. By hand: ${command}`,
  });
};

/** Copies beside the place and renames: somebody may be loading the old one. */
const place = async (built: string, out: string, signed: boolean): Promise<BuiltModule> => {
  const path = join(out, basename(built));
  await rm(path, { force: true });
  await copyFile(built, path);
  const series = (await readModinfo(path)).get('series') ?? '';
  return { path, sha256: await fileDigest(path), series, signed };
};
