// SPDX-License-Identifier: MIT
import type { GuestEnd, Limits } from './spec.js';

/** Counts a guest's time. */
export interface Watchdog {
  /** The guest is ready: from now on silence counts. */
  ready(): void;
  /** The guest gave a sign of life. */
  heard(): void;
  stop(): void;
}

/** Starts counting now; calls `bark` once for the first limit that passes. */
export const watchdog = (limits: Limits, bark: (end: GuestEnd) => void): Watchdog => {
  const timers = new Map<GuestEnd, NodeJS.Timeout>();
  const stop = () => {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
  };
  const start = (end: GuestEnd, seconds: number) => {
    const expire = () => {
      stop();
      bark(end);
    };
    timers.set(end, setTimeout(expire, seconds * 1000));
  };
  start('timeout', limits.total);
  start('not-ready', limits.ready);
  return {
    ready: () => {
      if (!timers.has('not-ready')) return;
      clearTimeout(timers.get('not-ready'));
      timers.delete('not-ready');
      start('silence', limits.silence);
    },
    heard: () => void timers.get('silence')?.refresh(),
    stop,
  };
};
