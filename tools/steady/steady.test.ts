// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { trialOf } from './trial.js';

const done = { type: 'done', verdict: 'PASS', passed: 2, seconds: 9.5 };
const passed = {
  type: 'case',
  id: 'irq.replace',
  device: 'rocker',
  vectors: 4,
  verdict: 'PASS',
  message: null,
};
const result = { exitCode: 0, message: 'the job ended', splats: [], records: [passed, done] };

describe('trialOf', () => {
  it('is good when all passed and the kernel said nothing', () => {
    expect(trialOf(result)).toEqual({ good: true, passed: 2, seconds: 9.5, troubles: [] });
  });

  it.each([
    [
      { records: [{ ...passed, verdict: 'FAIL', message: 'got 1' }, done] },
      'FAIL irq.replace on rocker (4): got 1',
    ],
    [{ splats: ['WARNING: x'] }, 'kernel: WARNING: x'],
    [{ records: [passed], message: 'the kernel panicked' }, 'did not come to its end: the kernel panicked'],
    [{ exitCode: 4 }, 'the job ended; exit code 4'],
  ])('is not with %j', (other, trouble) => {
    const { good, troubles } = trialOf({ ...result, ...other });
    expect(good).toBe(false);
    expect(troubles.join()).toContain(trouble);
  });
});
