// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../bench/expect.js';
import { exhaust } from './exhaust.js';
import type { Injector } from './injector.js';

/** A call of so many allocations; `outcomes` says what comes of each that fails. */
const callOf =
  (outcomes: readonly Outcome[]): Injector =>
  (nth, call) => {
    call();
    const outcome = outcomes[nth - 1];
    return { outcome: outcome ?? 'success', injected: outcome !== undefined };
  };

const nothing = () => undefined;

describe('exhaust', () => {
  it('makes each allocation fail once, and counts those that were missed', () => {
    const seen: Outcome[] = [];
    const tally = exhaust(callOf(['ENOMEM', 'success', 'EBUSY']), 'it', ['ENOMEM', 'EBUSY'], (attempt) => {
      seen.push(attempt(nothing));
    });
    expect(seen, 'once without a failure first').toEqual([
      'success',
      'ENOMEM',
      'success',
      'EBUSY',
      'success',
    ]);
    expect(tally).toEqual({ failed: 3, refused: 2 });
  });

  it('names the allocation after which the call is refused with another errno', () => {
    expect(() => exhaust(callOf(['ENOMEM', 'EIO']), 'it', ['ENOMEM'], (attempt) => attempt(nothing))).toThrow(
      'it while allocation 2 of it fails: got EIO, expected ENOMEM',
    );
  });

  it('refuses a call that fails though nothing was injected', () => {
    const broken: Injector = () => ({ outcome: 'ENOMEM', injected: false });
    expect(() => exhaust(broken, 'it', ['ENOMEM'], (attempt) => attempt(nothing))).toThrow('got ENOMEM');
  });

  it('is no test when fewer allocations failed than the call makes', () => {
    const rarely = (outcomes: readonly Outcome[]) => () =>
      exhaust(callOf(outcomes), 'it', ['ENOMEM'], (attempt) => attempt(nothing), 1);
    expect(rarely([])).toThrow('0 allocations failed, expected 1 or more');
    expect(rarely(['ENOMEM'])()).toEqual({ failed: 1, refused: 1 });
  });

  it('gives up on a call without an end', () => {
    const endless: Injector = () => ({ outcome: 'ENOMEM', injected: true });
    expect(() => exhaust(endless, 'it', ['ENOMEM'], (attempt) => attempt(nothing))).toThrow('no end');
  });
});
