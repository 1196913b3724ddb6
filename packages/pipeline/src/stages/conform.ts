// SPDX-License-Identifier: MIT
import { writeFile } from 'node:fs/promises';
import { worstVerdict } from '@uio-msi/model';
import { demandsOf } from '../guest/demands.js';
import { caseLimit } from '../guest/job.js';
import { judgeSuite } from '../guest/judge.js';
import { guestKey, guestsFor } from '../guest/of-cell.js';
import { defineStage, type Outcome } from '../stage/stage.js';

/** Runs the conformance suite in the guests that `boot` left on, or in new ones. */
export const conform = defineStage({
  name: 'conform',
  version: 2,
  needs: ['build', 'boot'],
  prepare: (tools) => void tools.suite(),
  key: async (inputs, tools) => ({
    guest: await guestKey(inputs, tools),
    suite: (await tools.suite()).digest,
  }),
  run: async (inputs, ctx): Promise<Outcome> => {
    const guests = await guestsFor(inputs, ctx);
    const limit = caseLimit(demandsOf(inputs.planned.fragments));
    const judged = await Promise.all(
      guests.map(async ({ records, session, expected }) =>
        judgeSuite(records, await session.done, expected, limit),
      ),
    );
    const consoles = await Promise.all(guests.map((guest) => guest.console()));
    await writeFile(ctx.log, consoles.join('\n'));
    const firstResult = Math.max(...guests.map((guest) => guest.firstResult() ?? 0)).toFixed(1);
    const verdict = worstVerdict(judged.map((one) => one.verdict));
    const worst = judged.filter((one) => one.verdict === verdict);
    return {
      verdict,
      reason: worst[0]?.reason ?? null,
      hurried: worst.every(({ hurried }) => hurried),
      devices: judged.flatMap(({ devices }) => devices),
      cases: judged.flatMap(({ cases }) => cases),
      splats: judged.flatMap(({ splats }) => splats),
      outputs: { firstResult },
    };
  },
});
