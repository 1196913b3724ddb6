// SPDX-License-Identifier: MIT
// For tests: what an ivshmem server tells QEMU's device, docs/specs/ivshmem-spec.txt, "Server protocol".
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinuxSys } from '../src/sys/linux.js';

const VERSION = 0n;
const MEMORY = -1n;
/** The device is the only peer there is. */
const ID = 7n;

const message = (value: bigint): Uint8Array => new Uint8Array(BigInt64Array.of(value).buffer);

/**
 * A socket from which the device reads its number, its memory, and the eventfd of each of its vectors.
 * All of it waits there before the device is made, so that nobody need serve it.
 */
export const ivshmemPeers = (vectors: number): { readonly socket: number; readonly close: () => void } => {
  const sys = createLinuxSys();
  const folder = mkdtempSync(join(tmpdir(), 'uio-msi-ivshmem-'));
  const memory = openSync(join(folder, 'memory'), 'w+');
  rmSync(folder, { recursive: true });
  ftruncateSync(memory, 1 << 20);
  const [ours, theirs] = sys.socketPair();
  sys.write(ours, message(VERSION));
  sys.write(ours, message(ID));
  sys.sendDescriptor(ours, memory, message(MEMORY));
  closeSync(memory);
  for (let vector = 0; vector < vectors; vector++) {
    const eventfd = sys.eventfd(0);
    sys.sendDescriptor(ours, eventfd, message(ID));
    sys.close(eventfd);
  }
  const close = () => {
    sys.close(ours);
    sys.close(theirs);
  };
  return { socket: theirs, close };
};
