// SPDX-License-Identifier: MIT
import { writeFile } from 'node:fs/promises';
import { isCompiledOnly } from '@uio-msi/build';
import { findArch, isBootable } from '@uio-msi/machine';
import { type Splat, worstVerdict } from '@uio-msi/model';
import { judgeEnd, splatTrouble, troubleOf } from '../guest/end.js';
import type { Guest } from '../guest/guests.js';
import { guestKey, guestsFor } from '../guest/of-cell.js';
import { defineStage, type Outcome, type StageInputs } from '../stage/stage.js';

/** Boots the kernel until its userspace is ready and the modules are loaded; alone, also until the drivers are there. */
export const boot = defineStage({
  name: 'boot',
  version: 4,
  needs: ['build'],
  mayFlake: true,
  skip: ({ planned: { cell, fragments } }) => {
    if (isCompiledOnly(fragments))
      return 'only what the series touches is compiled: there is no kernel to boot';
    return isBootable(cell.arch) ? null : `there is no machine to boot ${cell.arch} in: it is built only`;
  },
  lacks: async ({ planned: { cell } }, tools) => {
    const { qemu, package: from } = findArch(cell.arch);
    return (await tools.isInstalled(qemu)) ? null : `${qemu} is not installed: apt-get install ${from}`;
  },
  prepare: (tools, cells) => {
    const booting = cells.filter(({ fragments }) => !isCompiledOnly(fragments));
    const arches = new Set(booting.map(({ cell }) => cell.arch));
    for (const arch of [...arches].filter(isBootable)) tools.baseImage(arch);
  },
  key: async (inputs, tools) => ({ guest: await guestKey(inputs, tools), toTheEnd: goesToTheEnd(inputs) }),
  run: async (inputs, ctx): Promise<Outcome> => {
    const guests = await guestsFor(inputs, ctx);
    const outcomes = await Promise.all(guests.map((guest) => bootOutcome(guest, goesToTheEnd(inputs))));
    const consoles = await Promise.all(guests.map((guest) => guest.console()));
    await writeFile(ctx.log, consoles.join('\n'));
    const verdict = worstVerdict(outcomes.map((outcome) => outcome.verdict));
    const worst = outcomes.filter((outcome) => outcome.verdict === verdict);
    const outputs = { ready: Math.max(...outcomes.map(({ ready }) => ready)).toFixed(1) };
    return {
      verdict,
      reason: worst[0]?.reason ?? null,
      hurried: worst.every(({ hurried }) => hurried),
      splats: outcomes.flatMap(({ splats }) => splats),
      outputs: verdict === 'PASS' ? outputs : {},
    };
  },
});

// Nobody after us would look at the rest of the console. Where the ledger knows those after us, they
// looked at the whole of it in a guest of the same key: what is left to know is whether it gets ready.
const goesToTheEnd = ({ wanted, planned }: StageInputs): boolean =>
  !wanted.has('conform') && !(wanted.has('selftest') && planned.selftests.length > 0);

interface BootOutcome extends Pick<Outcome, 'verdict' | 'reason'> {
  readonly hurried: boolean;
  readonly splats: readonly Splat[];
  /** Seconds from power-on. */
  readonly ready: number;
}

const bootOutcome = async (guest: Guest, toTheEnd: boolean): Promise<BootOutcome> => {
  const { machine, session } = guest;
  const ready = await session.ready;
  const outcome = ready === null || toTheEnd ? await session.done : null;
  const splats = outcome?.splats ?? (await guest.splats());
  const after = ready?.after ?? 0;
  if (outcome !== null && ready === null) {
    return { ...judgeEnd(outcome, true), reason: `${machine}: ${outcome.message}`, splats, ready: after };
  }
  const trouble = outcome ? troubleOf(guest, outcome) : splatTrouble(machine, splats);
  return { ...(trouble ?? { verdict: 'PASS', reason: null, hurried: false }), splats, ready: after };
};
