// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchdog } from './watchdog.js';

const LIMITS = { ready: 10, total: 60, silence: 5 };

describe('watchdog', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const start = () => {
    const dog = watchdog(LIMITS);
    const bark = vi.fn();
    dog.signal.addEventListener('abort', () => bark(dog.reason()));
    return { bark, dog };
  };

  it('barks when the guest is not ready in time, and only then', () => {
    const { bark } = start();
    vi.advanceTimersByTime(9_999);
    expect(bark).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100_000);
    expect(bark.mock.calls).toEqual([['not-ready']]);
  });

  it('counts silence from the last sign of life, once the guest is ready', () => {
    const { bark, dog } = start();
    dog.ready();
    for (let i = 0; i < 4; i++) {
      vi.advanceTimersByTime(4_999);
      dog.heard();
    }
    expect(bark).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5_000);
    expect(bark.mock.calls).toEqual([['silence']]);
  });

  it('barks in the end at a guest that goes on for ever', () => {
    const { bark, dog } = start();
    dog.ready();
    for (let i = 0; i < 100; i++) {
      vi.advanceTimersByTime(1_000);
      dog.heard();
    }
    expect(bark.mock.calls).toEqual([['timeout']]);
  });

  it('keeps its first reason', () => {
    const { bark, dog } = start();
    dog.bark('flood');
    dog.bark('killed');
    vi.advanceTimersByTime(100_000);
    expect(bark.mock.calls).toEqual([['flood']]);
  });

  it('is quiet once stopped', () => {
    const { bark, dog } = start();
    dog.ready();
    dog.stop();
    vi.advanceTimersByTime(100_000);
    expect(bark).not.toHaveBeenCalled();
  });
});
