// SPDX-License-Identifier: MIT
import type { GuestEnd, Limits } from './spec.js';

/** Counts a guest's time, and ends it when it is up. */
export interface Watchdog {
  /** Aborts when the guest must end. */
  readonly signal: AbortSignal;
  /** Why it must; null while it may go on. */
  reason(): GuestEnd | null;
  /** The guest is ready: from now on silence counts. */
  ready(): void;
  /** The guest gave a sign of life. */
  heard(): void;
  /** The guest must end for this reason. The first reason stays. */
  bark(reason: GuestEnd): void;
  /** The guest has ended. */
  stop(): void;
}

/** Starts counting now. */
export const watchdog = (limits: Limits): Watchdog => {
  const controller = new AbortController();
  const timers = new Map<GuestEnd, NodeJS.Timeout>();
  let reason: GuestEnd | null = null;
  const stop = () => {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
  };
  const bark = (why: GuestEnd) => {
    stop();
    reason ??= why;
    controller.abort(why);
  };
  const count = (why: GuestEnd, seconds: number) =>
    timers.set(
      why,
      setTimeout(() => bark(why), seconds * 1000),
    );
  count('timeout', limits.total);
  count('not-ready', limits.ready);
  return {
    signal: controller.signal,
    reason: () => reason,
    ready: () => {
      if (!timers.has('not-ready')) return;
      clearTimeout(timers.get('not-ready'));
      timers.delete('not-ready');
      count('silence', limits.silence);
    },
    heard: () => void timers.get('silence')?.refresh(),
    bark,
    stop,
  };
};
