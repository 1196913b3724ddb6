// SPDX-License-Identifier: MIT
import { writeFile } from 'node:fs/promises';
import { Written } from '@uio-msi/host';
import { findArch, findMachine, type GuestOutcome } from '@uio-msi/machine';
import { worstVerdict } from '@uio-msi/model';
import { acceleratorsOf } from '../guest/accelerators.js';
import type { Guest } from '../guest/guests.js';
import { caseLimit } from '../guest/job.js';
import { judgeSuite, type SuiteJudgement } from '../guest/judge.js';
import { type Meant, meantOf, watching } from '../guest/meant.js';
import { guestKey, guestsFor } from '../guest/of-cell.js';
import { isCutOff } from '../selftest/judge.js';
import { defineStage, type Outcome, type StageInputs } from '../stage/stage.js';
import type { Tools } from '../stage/tools.js';

/** Runs the conformance suite in the guests that `boot` left on, or in new ones. */
export const conform = defineStage({
  name: 'conform',
  version: 3,
  needs: ['build', 'boot'],
  mayFlake: true,
  prepare: (tools) => void tools.suite(),
  key: async (inputs, tools) => ({
    guest: await guestKey(inputs, tools),
    suite: (await tools.suite()).digest,
    meant: await meantKey(inputs, tools),
  }),
  run: async (inputs, ctx): Promise<Outcome> => {
    if (!inputs.wanted.has('conform'))
      return { verdict: 'SKIP', reason: 'the series brings no driver that the suite exercises' };
    const guests = await guestsFor(inputs, ctx);
    const limit = caseLimit(inputs.planned.demands);
    const judged = await Promise.all(
      guests.map(async (guest) => {
        const { machine, records, session } = guest;
        const outcome = await session.done;
        const judgement =
          neverBegan(guest, outcome) ?? judgeSuite(records, outcome, meantIn(machine, inputs), limit);
        return { ...judgement, accelerator: outcome.accelerator };
      }),
    );
    const consoles = await Promise.all(guests.map((guest) => guest.console()));
    await writeFile(ctx.log, consoles.join('\n'));
    const firstResult = Math.max(...guests.map((guest) => guest.firstResult() ?? 0)).toFixed(1);
    const verdict = worstVerdict(judged.map((one) => one.verdict));
    const worst = judged.filter((one) => one.verdict === verdict);
    return {
      verdict,
      reason: worst[0]?.reason ?? (verdict === 'PASS' ? leftOut(guests) : null),
      hurried: worst.every(({ hurried }) => hurried),
      devices: judged.flatMap(({ devices }) => devices),
      cases: judged.flatMap(({ cases }) => cases),
      splats: judged.flatMap(({ splats }) => splats),
      outputs: { firstResult, accelerator: acceleratorsOf(judged) },
    };
  },
});

/** A suite that did not begin because the kernel's selftests, which come before it, did not end. */
const neverBegan = (
  { machine, records, selftests }: Guest,
  { splats }: GuestOutcome,
): SuiteJudgement | null => {
  const cut = records.length === 0 ? selftests().find(isCutOff) : undefined;
  if (cut === undefined) return null;
  const reason = `${machine}: the suite did not begin, as the selftest ${cut.program} did not end`;
  return { verdict: 'MISS', reason, hurried: splats.length === 0, devices: [], cases: [], splats };
};

/** What a pass does not say: how much the suite left out. */
const leftOut = (guests: readonly Pick<Guest, 'records'>[]): string | null => {
  const suites = guests.flatMap(({ records }) => records.filter((record) => record.type === 'suite'));
  const left = suites.reduce((sum, suite) => sum + suite.left, 0);
  return left === 0 ? null : `depth ${suites[0]?.depth}: ${left} runs of cases left out`;
};

const meantKey = (inputs: StageInputs, tools: Tools): Promise<unknown> => {
  const { machines, cell, fragments } = inputs.planned;
  const asked = [cell.arch, machines, [...watching(fragments)]];
  return tools.once(
    `meant ${JSON.stringify(asked)}`,
    async () => new Written(machines.map((machine) => meantIn(machine, inputs))),
  );
};

const meantIn = (machine: string, { planned }: StageInputs): Meant =>
  meantOf(findMachine(machine), findArch(planned.cell.arch), planned.fragments);
