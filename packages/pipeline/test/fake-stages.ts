// SPDX-License-Identifier: MIT
import { STAGES, type StageName } from '@uio-msi/model';
import { defineStage, type Outcome, type Stage } from '../src/stage/stage.js';

/** What a fake stage does, besides being good. */
export type Behaviour = (stage: StageName) => Promise<Partial<Outcome>>;

/** Stages with the project's names, one behind the other, that do nothing but what the test says. */
export const fakeStages = (behave: Behaviour): readonly Stage[] =>
  STAGES.map((name, at) =>
    defineStage({
      name,
      version: 1,
      needs: STAGES.slice(Math.max(0, at - 1), at),
      key: async ({ planned }) => planned.key,
      run: async () => ({
        verdict: 'PASS',
        reason: null,
        outputs: { from: name },
        ...(await behave(name)),
      }),
    }),
  );
