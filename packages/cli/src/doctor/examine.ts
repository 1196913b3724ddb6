// SPDX-License-Identifier: MIT
import { access, constants, statfs } from 'node:fs/promises';
import { cpus, freemem } from 'node:os';
import { dirname } from 'node:path';
import { installCommand, type ProbedTool, probeTools, TOOLS, type Tool, toolVersion } from '@uio-msi/host';
import { ForeseenError } from '@uio-msi/model';
import { tierTools } from '../cells/cell-tools.js';
import { DEFAULT_SERIES } from '../commands/options.js';
import type { World } from '../world/world.js';
import { describeNode } from './node.js';

/** One thing that was looked at. */
export interface Examined {
  readonly name: string;
  readonly good: boolean;
  /** What was found: a version, a size, or what is wrong. */
  readonly found: string;
  readonly purpose: string;
  /** The command that would fix it; null when there is nothing to fix. */
  readonly fix: string | null;
  /** Whether `./uio-msi setup` fixes it too. */
  readonly bySetup?: boolean;
}

const GIB = 2 ** 30;

// One kernel's tarball, its part of the object store, a worktree and a build folder come to 3.6 GiB.
const NEEDED_DISK = 6 * GIB;

const MISSING = { optional: 'missing: what needs it is reported as not done', required: 'missing' };

const examineTool = async (probed: ProbedTool, root: boolean): Promise<Examined> => ({
  name: probed.tool.name,
  good: probed.path !== null || probed.tool.optional === true,
  found:
    probed.path === null
      ? MISSING[probed.tool.optional ? 'optional' : 'required']
      : ((await toolVersion(probed)) ?? probed.path),
  purpose: probed.tool.purpose,
  fix: probed.path === null ? installCommand([probed.tool.package], root) : null,
  bySetup: probed.path === null,
});

const examineState = async (world: World): Promise<Examined> => {
  const common = { name: 'state folder', purpose: 'sources, builds, results' };
  try {
    const { dir } = await world.openState();
    return { ...common, good: true, found: dir, fix: null };
  } catch (error) {
    if (!(error instanceof ForeseenError)) throw error;
    return { ...common, good: false, found: error.message, fix: 'export UIO_MSI_STATE=/a/writable/folder' };
  }
};

// The nearest folder that exists, when the state folder does not yet.
const freeSpace = async (dir: string): Promise<number> => {
  const found = await statfs(dir).catch(() => null);
  if (!found) return dir === dirname(dir) ? 0 : freeSpace(dirname(dir));
  return found.bavail * found.bsize;
};

const examineDisk = async (world: World): Promise<Examined> => {
  const free = await freeSpace(world.stateDir);
  const good = free >= NEEDED_DISK;
  return {
    name: 'disk',
    good,
    found: `${(free / GIB).toFixed(1)} GiB free, ${NEEDED_DISK / GIB} GiB needed for a first kernel`,
    purpose: 'sources and builds',
    fix: good ? null : 'export UIO_MSI_STATE=/a/folder/on/a/larger/disk',
  };
};

const examineKvm = async (): Promise<Examined> => {
  const usable = await access('/dev/kvm', constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  return {
    name: 'KVM',
    good: true, // guests run without it, only slower
    found: usable
      ? '/dev/kvm can be opened; a guest shows whether it works'
      : 'none: guests are emulated (TCG)',
    purpose: 'guests at full speed',
    fix: null,
  };
};

// Cells that lack theirs are MISS; a series that cannot be read is somebody else's to complain about.
const matrixTools = async (world: World): Promise<readonly Tool[]> => {
  try {
    const known = new Set(TOOLS.map(({ name }) => name));
    const tools = await tierTools(DEFAULT_SERIES, 'weekly', world);
    return tools.filter(({ name }) => !known.has(name)).map((tool) => ({ ...tool, optional: true }));
  } catch (error) {
    if (error instanceof ForeseenError) return [];
    throw error;
  }
};

/** Looks at everything the commands need on this machine. Changes nothing but makes the state folder. */
export const examine = async (world: World): Promise<Examined[]> => {
  const probed = await probeTools([...TOOLS, ...(await matrixTools(world))]);
  const machine: Examined = {
    name: 'machine',
    good: true,
    found: `${cpus().length} processors, ${(freemem() / GIB).toFixed(1)} GiB of memory free`,
    purpose: 'builds and guests',
    fix: null,
  };
  const node: Examined = {
    name: 'node',
    good: true,
    found: describeNode(process.version, process.execPath),
    purpose: 'this command',
    fix: null,
  };
  return [
    machine,
    node,
    ...(await Promise.all(probed.map((tool) => examineTool(tool, world.caller.root)))),
    await examineKvm(),
    await examineState(world),
    await examineDisk(world),
  ];
};
