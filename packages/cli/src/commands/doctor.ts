// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';

/** Says what is there and what is not. */
export const doctor = defineCommand({
  name: 'doctor',
  summary: 'say what this machine has, what it lacks, and the command that would fix it',
  options: [],
  examples: [
    ['doctor', 'a line for everything the commands need'],
    ['doctor --json -', 'the same for a script; exit 3 when something is missing'],
  ],
  async run(_options, world) {
    const { examine } = await import('../doctor/examine.js');
    const { renderExamination } = await import('../doctor/render.js');
    const examination = await examine(world);
    return {
      exitCode: examination.every(({ good }) => good) ? EXIT.good : EXIT.environment,
      text: renderExamination(examination, world.color),
      json: { version: 1, good: examination.every(({ good }) => good), checks: examination },
    };
  },
});
