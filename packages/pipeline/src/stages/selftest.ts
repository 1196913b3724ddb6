// SPDX-License-Identifier: MIT
import { writeFile } from 'node:fs/promises';
import { DEVICES, findMachine, type GuestOutcome } from '@uio-msi/machine';
import { type CaseResult, type DeviceSummary, worstVerdict } from '@uio-msi/model';
import { acceleratorsOf } from '../guest/accelerators.js';
import { splatTrouble, type Trouble, troubleOf } from '../guest/end.js';
import type { Guest } from '../guest/guests.js';
import { guestKey, guestsFor } from '../guest/of-cell.js';
import { isCutOff, judgeSelftests, selftestCases } from '../selftest/judge.js';
import { defineStage, type Outcome, type StageInputs } from '../stage/stage.js';

/** Runs the kernel's own tests of the series, in the guests of the cell, before the conformance suite. */
export const selftest = defineStage({
  name: 'selftest',
  version: 4,
  needs: ['build', 'boot'],
  mayFlake: true,
  skip: ({ planned }) => (planned.selftests.length === 0 ? 'the series brings no selftests' : null),
  key: async (inputs, tools) => ({ guest: await guestKey(inputs, tools), toTheEnd: isAlone(inputs) }),
  run: async (inputs, ctx): Promise<Outcome> => {
    const guests = await guestsFor(inputs, ctx);
    const ended = await Promise.all(
      guests.map(async (guest) => ({ guest, outcome: await guest.session.done })),
    );
    const programs = inputs.output('build', 'selftests').split(' ');
    const runs = guests.flatMap((guest) => guest.selftests());
    await writeFile(ctx.log, runs.map(({ output }) => output).join('\n'));
    const devices = guests.flatMap((guest) => Object.values(testedBy(guest)));
    const cases = ended.flatMap(({ guest, outcome }) => casesOf(guest, outcome));
    const troubles = ended.map(({ guest, outcome }) => troubleIn(guest, outcome, isAlone(inputs)));
    const tested = {
      ...judgeSelftests(cases, devices, programs),
      // A program that our clock ended may have been slow; one that took the kernel down was not.
      hurried: runs.some(isCutOff) && ended.every(({ outcome }) => outcome.splats.length === 0),
    };
    const trouble = worst(troubles.filter((one) => one !== null));
    // A test that failed says more than what became of its guest then.
    const judged = trouble !== undefined && tested.verdict !== 'FAIL' ? trouble : tested;
    return {
      ...judged,
      ...{ devices, cases, splats: ended.flatMap(({ outcome }) => outcome.splats) },
      outputs: { accelerator: acceleratorsOf(ended.map(({ outcome }) => outcome)) },
    };
  },
});

// Else the suite runs behind the tests in the same guest.
const isAlone = ({ wanted }: StageInputs): boolean => !wanted.has('conform');

/**
 * What speaks against a guest of the tests. Whoever judges the suite may have been told by the
 * ledger, and looks at no console of this run: a splat counts here, whatever ran by then, and so
 * does an end that came before the suite began. How the suite ended is its own affair.
 */
const troubleIn = (guest: Guest, outcome: GuestOutcome, alone: boolean): Trouble | null => {
  if (alone) return troubleOf(guest, outcome);
  if (guest.records.length > 0) return splatTrouble(guest.machine, outcome.splats);
  // The exit code is the suite's, and says nothing of drivers.
  return troubleOf(guest, { ...outcome, exitCode: null });
};

const worst = (troubles: readonly Trouble[]): Trouble | undefined =>
  troubles.find(({ verdict }) => verdict === worstVerdict(troubles.map((one) => one.verdict)));

/** The devices of a guest that selftests run on, by `vendor:device`. */
const testedBy = ({ machine }: Guest): Readonly<Record<string, DeviceSummary>> =>
  Object.fromEntries(
    Object.entries(findMachine(machine).selftests).flatMap(([id, name]) => {
      const { expected } = DEVICES[name];
      return 'vectors' in expected ? [[id, { device: expected.device, vectors: expected.vectors }]] : [];
    }),
  );

const casesOf = (guest: Guest, outcome: GuestOutcome): readonly CaseResult[] => {
  const devices = testedBy(guest);
  const end = outcome.splats[0]?.title ?? outcome.message;
  return guest.selftests().flatMap((run) => {
    const device = devices[run.id];
    return device ? selftestCases(run, device, end) : [];
  });
};
