// SPDX-License-Identifier: MIT
import type { Sys } from '../sys/sys.js';
import { type Counter, eventfdId } from './counter.js';

/** More are made than were closed, because others may take numbers meanwhile. */
const SPARE = 16;

/** So many new eventfds. */
export const makeEventfds = (sys: Sys, count: number): Counter[] =>
  Array.from({ length: count }, (_, i) => ({ fd: sys.eventfd(0), label: `eventfd ${i}` }));

/** Closes their descriptors. */
export const closeEventfds = (sys: Sys, counters: readonly Counter[]): void =>
  counters.forEach(({ fd }) => void sys.close(fd));

/**
 * Closes the eventfds and tells which of them are gone then. The kernel gives each the lowest number
 * that is free (fs/eventfd.c, eventfd_ida), so the numbers of those that are gone come again; those
 * of leaked ones never do.
 */
export const closeAndSeeGone = (sys: Sys, counters: readonly Counter[]): boolean[] => {
  const numbers = counters.map(eventfdId);
  closeEventfds(sys, counters);
  const next = makeEventfds(sys, 2 * counters.length + SPARE);
  const seen = new Set(next.map(eventfdId));
  closeEventfds(sys, next);
  return numbers.map((number) => seen.has(number));
};
