// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CcacheFolders, hasCcache } from '@uio-msi/build';
import { INSPECTIONS } from '@uio-msi/checks';
import {
  contentKey,
  fileDigest,
  type ProbedTool,
  probeTools,
  run,
  type State,
  TOOLS,
  toolVersion,
} from '@uio-msi/host';
import type { KernelTree } from '@uio-msi/kernels';
import { baseImageName, ensureBaseImage, findArch } from '@uio-msi/machine';
import type { Progress } from '@uio-msi/model';

/** The conformance suite as it goes into a guest. */
export interface Suite {
  /** Its folder. */
  readonly dir: string;
  /** The SHA-256 of all that is in it. */
  readonly digest: string;
}

/** What several cells of a run share; each is found out or made once, when first asked for. */
export interface Tools {
  readonly ccache: () => Promise<CcacheFolders | null>;
  /** Makes the base image of an architecture's guests, when it is not there. */
  readonly baseImage: (arch: string) => Promise<string>;
  /** What names its content, made or not. */
  readonly baseImageName: (arch: string) => Promise<string>;
  readonly suite: () => Promise<Suite>;
  /** What the commands that inspections call say about their versions; null for those that are not installed. */
  readonly inspectors: () => Promise<Readonly<Record<string, string | null>>>;
  /** Whether a command is installed. */
  readonly isInstalled: (command: string) => Promise<boolean>;
  /** What a QEMU program says about its version. */
  readonly qemuVersion: (program: string) => Promise<string>;
  /** What is the same for all cells of a run, found out once by its name; again when that failed. */
  readonly once: <T>(name: string, find: () => Promise<T>) => Promise<T>;
  /** A kernel's tree: what cannot be had is asked for once, not by every cell. */
  readonly kernel: (version: string, ensure: () => Promise<KernelTree>) => Promise<KernelTree>;
}

/** What tools are made from. */
export interface ToolsOptions {
  readonly state: State;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Gives the folder of the suite's bundle, making it when that is needed. */
  readonly suiteBundle: () => Promise<string>;
}

/** The tools of one run. */
export const openTools = ({ state, progress, signal, suiteBundle }: ToolsOptions): Tools => {
  const kernels = new Map<string, () => Promise<KernelTree>>();
  const found = new Map<string, Promise<unknown>>();
  const image = { progress, signal, digests: state.path('digests') };
  return {
    ccache: once(async () => ((await hasCcache()) ? { dir: state.path('ccache'), base: state.dir } : null)),
    baseImage: onceEach((arch) => ensureBaseImage(state, findArch(arch), image)),
    baseImageName: onceEach((arch) => baseImageName(findArch(arch), image)),
    suite: once(async () => {
      const dir = await suiteBundle();
      return { dir, digest: await folderDigest(dir) };
    }),
    inspectors: once(async () => {
      const wanted = new Set(INSPECTIONS.flatMap(({ tools }) => tools));
      const probed = await probeTools(TOOLS.filter(({ name }) => wanted.has(name)));
      const version = async (one: ProbedTool) => one.path && ((await toolVersion(one)) ?? 'unknown');
      return Object.fromEntries(
        await Promise.all(probed.map(async (one) => [one.tool.name, await version(one)] as const)),
      );
    }),
    isInstalled: onceEach(async (name) => {
      const [probed] = await probeTools([{ name, package: '', purpose: '' }]);
      return probed?.path !== undefined && probed.path !== null;
    }),
    qemuVersion: onceEach(async (program) => (await run(program, ['--version'])).stdout),
    once: <T>(name: string, find: () => Promise<T>): Promise<T> => {
      const known = found.get(name);
      if (known) return known as Promise<T>;
      const finding = find();
      found.set(name, finding);
      finding.catch(() => found.delete(name));
      return finding;
    },
    kernel: (version, ensure) => {
      const known = kernels.get(version) ?? once(ensure);
      kernels.set(version, known);
      return known();
    },
  };
};

// A failure is told to everyone who asks, not to whoever only had it prepared.
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    if (made === undefined) {
      made = make();
      made.catch(() => {});
    }
    return made;
  };
};

const onceEach = <T>(make: (name: string) => Promise<T>): ((name: string) => Promise<T>) => {
  const known = new Map<string, () => Promise<T>>();
  return (name) => {
    const one = known.get(name) ?? once(() => make(name));
    known.set(name, one);
    return one();
  };
};

const folderDigest = async (dir: string): Promise<string> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const digests = files.sort().map(async (file) => [file.slice(dir.length), await fileDigest(file)]);
  return contentKey(await Promise.all(digests));
};
