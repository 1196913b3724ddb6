// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError, Interrupted } from '@uio-msi/model';
import { explainRefusal } from '../files/refusal.js';
import { requireCommand } from '../process/refusal.js';

/** A lock that is held. */
export interface Lock {
  /** Its file descriptor: a child that inherits it holds the lock too. */
  readonly fd: number;
}

/** How to take a lock. */
export interface LockOptions {
  /** Called once when somebody else has it, with what they wrote about themselves. */
  readonly onWait?: (owner: string) => void;
  readonly signal?: AbortSignal | undefined;
}

// How often a lock that somebody else has is tried again.
const RETRY_MS = 200;

// EX_TEMPFAIL of sysexits.h: no code that flock(1) uses for a failure of its own.
const TAKEN = 75;

/**
 * Runs `work` while holding an exclusive lock on `path`, waiting for it as long as it takes.
 *
 * The lock is flock(2) on an open file description, taken by flock(1) on a descriptor that it
 * shares with us: the kernel gives it up when the last process that has it ends, however it
 * ends. There is nothing to clean up after kill -9 and no time after which a lock is stale.
 * A lock that we hold is not ours to take again: asking for it inside `work` waits for ever.
 *
 * @throws {Interrupted} when `signal` aborts while waiting
 * @throws {EnvironmentError} `state-not-writable` when the lock file cannot be made, `disk-full`,
 *   `lock-failed` when the file system has no locks, `command-not-found` without flock(1)
 */
export const withLock = async <T>(
  path: string,
  work: (lock: Lock) => Promise<T>,
  options: LockOptions = {},
): Promise<T> => {
  requireCommand('flock');
  const handle = await openLockFile(path);
  try {
    for (let waiting = false; !tryLock(handle.fd); ) {
      if (!waiting) options.onWait?.((await readFile(path, 'utf8')).trim());
      waiting = true;
      if (options.signal?.aborted) throw new Interrupted(String(options.signal.reason));
      await sleep(RETRY_MS);
    }
    await signLock(handle, path);
    return await work({ fd: handle.fd });
  } finally {
    await handle.close();
  }
};

/**
 * Runs `work` while holding an exclusive lock on a folder itself, waiting for it as long as it takes:
 * for a folder of somebody's, where no lock file of ours is to be.
 *
 * @throws {EnvironmentError} `lock-failed`, `command-not-found` as {@link withLock}
 */
export const withFolderLock = async <T>(dir: string, work: () => Promise<T>): Promise<T> => {
  requireCommand('flock');
  const handle = await open(dir, 'r');
  try {
    while (!tryLock(handle.fd)) await sleep(RETRY_MS);
    return await work();
  } finally {
    await handle.close();
  }
};

/**
 * Runs `work` while holding the lock on `path`, unless somebody else has it.
 *
 * @returns null when somebody has
 * @throws what {@link withLock} throws
 */
export const withFreeLock = async <T>(path: string, work: (lock: Lock) => Promise<T>): Promise<T | null> => {
  requireCommand('flock');
  const handle = await openLockFile(path);
  try {
    if (!tryLock(handle.fd)) return null;
    await signLock(handle, path);
    return await work({ fd: handle.fd });
  } finally {
    await handle.close();
  }
};

const openLockFile = async (path: string) => {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await open(path, 'a+');
  } catch (error) {
    const refusal = explainRefusal(error, dirname(path));
    if (refusal instanceof EnvironmentError) throw refusal;
    throw new EnvironmentError({
      code: 'state-not-writable',
      message: `cannot make the lock ${path}`,
      why: (error as Error).message,
      next: 'name a writable folder with --state DIR or UIO_MSI_STATE',
    });
  }
};

// For those who wait.
const signLock = async (handle: FileHandle, path: string): Promise<void> => {
  try {
    await handle.truncate();
    await handle.write(`process ${process.pid} since ${new Date().toISOString()}\n`, 0);
  } catch (error) {
    throw explainRefusal(error, dirname(path));
  }
};

// flock(1) exits with 0 when it got the lock and, as told, with 75 when somebody else has it.
const tryLock = (fd: number): boolean => {
  const { status, error, stderr } = spawnSync('flock', ['-n', '-x', '-E', `${TAKEN}`, '3'], {
    stdio: ['ignore', 'ignore', 'pipe', fd],
    encoding: 'utf8',
  });
  if (status === 0 || status === TAKEN) return status === 0;
  throw new EnvironmentError({
    code: 'lock-failed',
    message: 'the state folder cannot be locked',
    why: error?.message ?? stderr.trim(),
    next: 'a state folder belongs on a local disk: name another with --state DIR or UIO_MSI_STATE',
  });
};
