// SPDX-License-Identifier: MIT
import type { Outcome } from '../bench/expect.js';
import { createModel, type Expected, step } from './model.js';
import { type Operation, showOperation } from './operations.js';

/** A device that sequences are played on: real, or made up for a test. Its file is open. */
export interface Player {
  /** How many of its vectors are played with. */
  readonly vectors: number;
  /** Does it, and says how it went. */
  perform(operation: Operation): Outcome;
  /** What INFO says of armed vectors. */
  armed(): number;
  /**
   * Takes what the eventfds count; waits for so much first, as long as an interrupt may take.
   * @param least null to wait until nothing more can come
   */
  take(least: readonly number[] | null): readonly number[];
}

/** The first operation after which device and model are not the same, and how. */
export interface Disagreement {
  /** The operation's place in the sequence, from 1. */
  readonly at: number;
  readonly message: string;
}

/** Plays a sequence on a device and on the model side by side, until they disagree; null when they never do. */
export const play = (player: Player, operations: readonly Operation[]): Disagreement | null => {
  let model = createModel(player.vectors);
  for (const [index, operation] of operations.entries()) {
    const [next, expected] = step(model, operation);
    const message = compare(player, operation, expected);
    if (message !== null) return { at: index + 1, message: `${showOperation(operation)}: ${message}` };
    model = next;
  }
  return null;
};

const compare = (player: Player, operation: Operation, expected: Expected): string | null => {
  const outcome = player.perform(operation);
  if (outcome !== expected.outcome) return `got ${outcome}, expected ${expected.outcome}`;
  const counts = player.take(expected.settles ? null : expected.signals);
  const wrong = expected.settles ? -1 : counts.findIndex((count, at) => count !== expected.signals[at]);
  if (wrong >= 0)
    return `eventfd ${wrong} counts ${counts[wrong]} for it, expected ${expected.signals[wrong]}`;
  if (expected.armed === null) return null;
  const armed = player.armed();
  return armed === expected.armed ? null : `${armed} vectors are armed, expected ${expected.armed}`;
};
