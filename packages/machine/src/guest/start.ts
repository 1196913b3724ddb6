// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import { findAccelerator, forgetAccelerator } from '../accelerator/accelerator.js';
import type { Arch } from '../arches.js';
import type { Context } from '../context.js';
import { ensureBaseImage } from '../image/base.js';
import { openInitrd, runEntries } from './initrd.js';
import { powerOn } from './power.js';
import type { GuestOutcome, GuestSession, GuestSpec, Ready } from './spec.js';

/** What starting a guest needs: base image and accelerator are remembered in the state folder. */
export interface GuestContext extends Context {
  readonly state: State;
}

// A kernel that never said a word may never have run, though its accelerator ran one before.
const isDoubtful = ({ end, consoleEmpty, accelerator }: GuestOutcome, arch: Arch): boolean =>
  end === 'not-ready' && consoleEmpty === true && accelerator !== arch.accelerators.at(-1)?.name;

/**
 * Powers on a guest. It ends by itself, at a limit, when `ctx.signal` aborts or when we end.
 *
 * @throws {EnvironmentError} when QEMU or what the guest image is made of is not installed
 */
export const startGuest = async (spec: GuestSpec, ctx: GuestContext): Promise<GuestSession> => {
  const accelerator = spec.accelerator ?? (await findAccelerator(spec, ctx.state, ctx));
  const base = await ensureBaseImage(ctx.state, spec.arch, ctx);
  const initrd = await openInitrd(base, await runEntries(spec), ctx.state);
  let tellReady: (ready: Ready | null) => void = () => {};
  const ready = new Promise<Ready | null>((resolve) => {
    tellReady = resolve;
  });
  const power = { spec, accelerator, initrd: initrd.path, signal: ctx.signal, onReady: tellReady };
  const done = powerOn(power)
    .then(async (outcome) => {
      if (isDoubtful(outcome, spec.arch)) await forgetAccelerator(spec.arch, ctx.state);
      return outcome;
    })
    .finally(async () => {
      tellReady(null);
      await initrd.close();
    });
  done.catch(() => {}); // whoever waits for `ready` first gets to know when it awaits `done`
  return { ready, done };
};
