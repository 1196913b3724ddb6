// SPDX-License-Identifier: MIT
import { writeFile } from 'node:fs/promises';
import { DEVICES, findMachine, type GuestOutcome } from '@uio-msi/machine';
import { type CaseResult, type DeviceSummary, worstVerdict } from '@uio-msi/model';
import { type Trouble, troubleOf } from '../guest/end.js';
import type { Guest } from '../guest/guests.js';
import { guestKey, guestsFor } from '../guest/of-cell.js';
import { isCutOff, judgeSelftests, selftestCases } from '../selftest/judge.js';
import { defineStage, type Outcome, type StageInputs } from '../stage/stage.js';

/** Runs the kernel's own tests of the series, in the guests of the cell, before the conformance suite. */
export const selftest = defineStage({
  name: 'selftest',
  version: 3,
  needs: ['build', 'boot'],
  mayFlake: true,
  skip: ({ planned }) => (planned.selftests.length === 0 ? 'the series brings no selftests' : null),
  key: async (inputs, tools) => ({ guest: await guestKey(inputs, tools), toTheEnd: goesToTheEnd(inputs) }),
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
    const troubles = ended.map(({ guest, outcome }) => troubleOf(guest, outcome));
    const tested = {
      ...judgeSelftests(cases, devices, programs),
      // A program that our clock ended may have been slow; one that took the kernel down was not.
      hurried: runs.some(isCutOff) && ended.every(({ outcome }) => outcome.splats.length === 0),
    };
    if (!goesToTheEnd(inputs)) return { ...tested, devices, cases };
    const trouble = worst(troubles.filter((one) => one !== null));
    // A test that failed says more than what became of its guest then.
    const judged = trouble !== undefined && tested.verdict !== 'FAIL' ? trouble : tested;
    return { ...judged, devices, cases, splats: ended.flatMap(({ outcome }) => outcome.splats) };
  },
});

// The suite runs behind the tests: it looks at the rest of the console, and what is there may be its doing.
const goesToTheEnd = ({ wanted }: StageInputs): boolean => !wanted.has('conform');

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
