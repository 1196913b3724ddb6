// SPDX-License-Identifier: MIT
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDescriptors } from './descriptors.js';

// QEMU, docs/specs/ivshmem-spec.txt, "Server protocol": numbers of 64 bits, some with a descriptor.
const VERSION = 0n;
const MEMORY = -1n;
/** The number of the device, which is the only peer: it rings at itself. */
const SELF = 0n;

/** Nobody uses it, but the device has none without. */
const MEMORY_BYTES = 64 * 1024;

const message = (value: bigint): Uint8Array => new Uint8Array(BigInt64Array.of(value).buffer);

/** What an `ivshmem-doorbell` device of QEMU reads what its server would say from. */
export interface Peers {
  /** To be inherited by QEMU. */
  readonly fd: number;
  /** Gives up our copies; QEMU's work on. */
  close(): void;
}

/**
 * Says all that an ivshmem server says to a device that is alone: its number, its memory, and an eventfd
 * for each of its vectors. That fits into the socket, so the server is gone before QEMU begins.
 *
 * @param vectors as many as fit: some 250
 * @throws {EnvironmentError} `no-descriptors`
 */
export const openPeers = async (vectors: number): Promise<Peers> => {
  const descriptors = await openDescriptors();
  const [ours, fd] = descriptors.socketPair();
  const close = () => [ours, fd].forEach(closeSync);
  const sendOnce = (id: bigint, sent: number) => {
    try {
      descriptors.send(ours, message(id), sent);
    } finally {
      closeSync(sent);
    }
  };
  try {
    for (const word of [VERSION, SELF]) writeSync(ours, message(word));
    sendOnce(MEMORY, openMemory());
    for (let vector = 0; vector < vectors; vector++) sendOnce(SELF, descriptors.eventfd());
  } catch (error) {
    close();
    throw error;
  }
  return { fd, close };
};

/** A file without a name. */
const openMemory = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'uio-msi-ivshmem-'));
  try {
    const fd = openSync(join(folder, 'memory'), 'w+');
    ftruncateSync(fd, MEMORY_BYTES);
    return fd;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
