// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentKey, readIfThere, run, type State, writeAtomic } from '@uio-msi/host';
import type { Accelerator, Arch } from '../arches.js';
import type { Context } from '../context.js';
import { optionValue } from '../option.js';

// A working KVM runs the probe in a fifth of a second; one that hangs never ends.
const PROBE_SECONDS = 5;

/**
 * Whether an accelerator really runs a guest: boots one sector that ends QEMU with a code of its
 * own. That its device node is there and opens says nothing: nested KVM may accept a guest and
 * never run it.
 *
 * @param seconds the time limit
 */
export const accelerates = async (
  arch: Arch,
  accelerator: Accelerator,
  ctx: Context,
  seconds = PROBE_SECONDS,
): Promise<boolean> => {
  if (accelerator.device !== null && !(await canUse(accelerator.device))) return false;
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-probe-'));
  try {
    const disk = join(folder, 'disk');
    await writeFile(disk, arch.probe.disk);
    const machine = arch.probe.arguments.map((argument) => argument.replace('DISK', optionValue(disk)));
    const { exitCode } = await run(
      arch.qemu,
      [...machine, ...accelerator.arguments, '-nodefaults', '-display', 'none'],
      { timeoutSeconds: seconds, signal: ctx.signal },
    );
    return exitCode === arch.probe.exitCode;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const canUse = (device: string): Promise<boolean> =>
  access(device, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );

// What may change the answer: a reboot of the machine we run on, another QEMU, another account.
const keyOf = async (arch: Arch, signal: AbortSignal | undefined): Promise<string> =>
  contentKey({
    arch,
    boot: await readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    qemu: (await run(arch.qemu, ['--version'], { signal })).stdout,
    user: process.getuid?.(),
  });

/**
 * The first of an architecture's accelerators that works here. The answer is kept in the state
 * folder until the machine or QEMU changes.
 *
 * @throws {EnvironmentError} `command-not-found` when QEMU is not installed
 */
export const findAccelerator = async (arch: Arch, state: State, ctx: Context): Promise<Accelerator> => {
  const path = state.path('guest', `accelerator-${arch.name}.json`);
  const key = await keyOf(arch, ctx.signal);
  const known = parse(await readIfThere(path));
  const remembered = arch.accelerators.find(({ name }) => known.key === key && known.name === name);
  if (remembered !== undefined) return remembered;
  const found = await firstThatWorks(arch, ctx);
  await writeAtomic(path, JSON.stringify({ key, name: found.name }));
  return found;
};

const parse = (text: string | null): { key?: unknown; name?: unknown } => {
  try {
    return Object(JSON.parse(text ?? 'null'));
  } catch {
    return {}; // not ours: probe again
  }
};

const firstThatWorks = async (arch: Arch, ctx: Context): Promise<Accelerator> => {
  const [last, ...better] = [...arch.accelerators].reverse() as [Accelerator, ...Accelerator[]];
  for (const accelerator of better.reverse()) {
    ctx.progress({ type: 'note', text: `trying whether ${accelerator.name} runs a guest here` });
    if (await accelerates(arch, accelerator, ctx)) return accelerator;
  }
  return last;
};
