// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import { findAccelerator } from '../accelerator/accelerator.js';
import type { Context } from '../context.js';
import { ensureBaseImage } from '../image/base.js';
import { openInitrd, runEntries } from './initrd.js';
import { powerOn } from './power.js';
import type { GuestSession, GuestSpec, Ready } from './spec.js';

/** What starting a guest needs: base image and accelerator are remembered in the state folder. */
export interface GuestContext extends Context {
  readonly state: State;
}

/**
 * Powers on a guest. It ends by itself, at a limit, when `ctx.signal` aborts or when we end.
 *
 * @throws {EnvironmentError} when QEMU or what the guest image is made of is not installed
 */
export const startGuest = async (spec: GuestSpec, ctx: GuestContext): Promise<GuestSession> => {
  const accelerator = await findAccelerator(spec.arch, ctx.state, ctx);
  const base = await ensureBaseImage(ctx.state, ctx);
  const initrd = await openInitrd(base, await runEntries(spec), ctx.state);
  let tellReady: (ready: Ready | null) => void = () => {};
  const ready = new Promise<Ready | null>((resolve) => {
    tellReady = resolve;
  });
  const power = { spec, accelerator, initrd: initrd.path, signal: ctx.signal, onReady: tellReady };
  const done = powerOn(power).finally(async () => {
    tellReady(null);
    await initrd.close();
  });
  done.catch(() => {}); // whoever waits for `ready` first gets to know when it awaits `done`
  return { ready, done };
};
