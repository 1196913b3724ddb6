// SPDX-License-Identifier: MIT
import { readFile, rm } from 'node:fs/promises';
import { contentKey, readIfThere, run, type State, writeAtomic } from '@uio-msi/host';
import type { Accelerator, Arch } from '../arches.js';
import type { Boot } from '../boot.js';
import type { Context } from '../context.js';
import { accelerates } from './probe.js';

// Changes when the probe asks something else: what an older one answered is not believed.
const PROBE = 2;

const pathOf = (arch: Arch, state: State): string => state.path('guest', `accelerator-${arch.name}.json`);

// What may change the answer: a reboot of the machine we run on, another QEMU, another account.
const keyOf = async (arch: Arch, signal: AbortSignal | undefined): Promise<string> =>
  contentKey({
    probe: PROBE,
    arch,
    boot: await readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    qemu: (await run(arch.qemu, ['--version'], { signal })).stdout,
    user: process.getuid?.(),
  });

/**
 * The first of an architecture's accelerators that boots this kernel here. The answer is kept in
 * the state folder, for all kernels, until the machine or QEMU changes or it is forgotten.
 *
 * @throws {EnvironmentError} `command-not-found` when QEMU is not installed
 */
export const findAccelerator = async (boot: Boot, state: State, ctx: Context): Promise<Accelerator> => {
  const path = pathOf(boot.arch, state);
  const key = await keyOf(boot.arch, ctx.signal);
  const known = parse(await readIfThere(path));
  const remembered = boot.arch.accelerators.find(({ name }) => known.key === key && known.name === name);
  if (remembered !== undefined) return remembered;
  const found = await firstThatWorks(boot, ctx);
  await writeAtomic(path, JSON.stringify({ key, name: found.name }));
  return found;
};

/** Forgets the answer, so that the next guest finds out again. */
export const forgetAccelerator = (arch: Arch, state: State): Promise<void> =>
  rm(pathOf(arch, state), { force: true });

const parse = (text: string | null): { key?: unknown; name?: unknown } => {
  try {
    return Object(JSON.parse(text ?? 'null'));
  } catch {
    return {}; // not ours: probe again
  }
};

const firstThatWorks = async (boot: Boot, ctx: Context): Promise<Accelerator> => {
  const [last, ...better] = [...boot.arch.accelerators].reverse() as [Accelerator, ...Accelerator[]];
  for (const accelerator of better.reverse()) {
    ctx.progress({ type: 'note', text: `trying whether ${accelerator.name} boots a kernel here` });
    if (await accelerates(boot, accelerator, ctx)) return accelerator;
  }
  return last;
};
