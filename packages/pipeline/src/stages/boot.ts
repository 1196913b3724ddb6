// SPDX-License-Identifier: MIT
import { writeFile } from 'node:fs/promises';
import type { Splat } from '@uio-msi/model';
import type { Guest } from '../guest/guests.js';
import { endVerdict, wasHurried } from '../guest/judge.js';
import { guestKey, guestsFor } from '../guest/of-cell.js';
import { defineStage, type Outcome } from '../stage/stage.js';

/** Boots the kernel until its userspace is ready and the modules are loaded. */
export const boot = defineStage({
  name: 'boot',
  version: 1,
  needs: ['build'],
  prepare: (tools) => void tools.baseImage(),
  key: guestKey,
  run: async (inputs, ctx): Promise<Outcome> => {
    const guests = await guestsFor(inputs, ctx);
    const outcomes = await Promise.all(guests.map(bootOutcome));
    const consoles = await Promise.all(guests.map((guest) => guest.console()));
    await writeFile(ctx.log, consoles.join('\n'));
    const bad = outcomes.find(({ verdict }) => verdict !== 'PASS');
    const outputs = { ready: Math.max(...outcomes.map(({ ready }) => ready)).toFixed(1) };
    return {
      verdict: bad?.verdict ?? 'PASS',
      reason: bad?.reason ?? null,
      hurried: outcomes.some(({ hurried }) => hurried),
      splats: outcomes.flatMap(({ splats }) => splats),
      outputs: bad ? {} : outputs,
    };
  },
});

interface BootOutcome extends Pick<Outcome, 'verdict' | 'reason'> {
  readonly hurried: boolean;
  readonly splats: readonly Splat[];
  /** Seconds from power-on. */
  readonly ready: number;
}

const bootOutcome = async ({ machine, session, splats }: Guest): Promise<BootOutcome> => {
  const ready = await session.ready;
  if (ready === null) {
    const { end, message, splats } = await session.done;
    const hurried = wasHurried({ end, splats });
    return { verdict: endVerdict(end), reason: `${machine}: ${message}`, hurried, splats, ready: 0 };
  }
  const seen = await splats();
  const [splat] = seen;
  const reason = splat ? `${machine}: ${splat.kind}: ${splat.title}` : null;
  return { verdict: splat ? 'FAIL' : 'PASS', reason, hurried: false, splats: seen, ready: ready.after };
};
