// SPDX-License-Identifier: MIT
import type { Width } from './mmio.js';

/** One descriptor to wait for, as in poll(2). */
export interface PollRequest {
  readonly fd: number;
  readonly events: number;
}

/** Memory that has an address, as structures need that a system call is told of by pointers. */
export interface Pages {
  readonly address: bigint;
  /** The memory itself: not to be touched once it was unmapped. */
  readonly bytes: Uint8Array;
}

/**
 * The system calls that the suite needs and Node does not offer. Every method but those that
 * say otherwise throws `SysError` when the call fails.
 */
export interface Sys {
  /** Bytes in a page of memory. */
  readonly pageSize: number;
  /** open(2); `flags` from `constants.ts`. O_CLOEXEC is always added. */
  open(path: string, flags: number): number;
  close(fd: number): void;
  /** A second descriptor of the same open file. */
  dup(fd: number): number;
  /** ioctl(2). `argument` is a structure, or the number of an address (which may be a bad one). */
  ioctl(fd: number, request: number, argument: Uint8Array | bigint): number;
  /** Up to `length` bytes. */
  read(fd: number, length: number): Uint8Array;
  write(fd: number, bytes: Uint8Array): number;
  /** Moves to the end of a file: for /dev/kmsg, behind the newest record. */
  seekEnd(fd: number): void;
  /** poll(2): the returned events of each request, in order. Restarted after a signal. */
  poll(requests: readonly PollRequest[], timeoutMs: number): number[];
  /** The same on a thread of its own, so that the caller can wake it meanwhile. */
  pollAsync(requests: readonly PollRequest[], timeoutMs: number): Promise<number[]>;
  /** A new epoll instance that watches one descriptor for EPOLLIN. */
  epollOf(fd: number): number;
  /** Whether the epoll instance reports an event within the time. Restarted after a signal. */
  epollWait(epoll: number, timeoutMs: number): boolean;
  /** The same on a thread of its own. */
  epollWaitAsync(epoll: number, timeoutMs: number): Promise<boolean>;
  /** Two connected sockets. */
  socketPair(): [number, number];
  /** Sends a copy of a descriptor over a socket, with a few bytes of data: SCM_RIGHTS, unix(7). */
  sendDescriptor(socket: number, fd: number, data?: Uint8Array): void;
  /** Receives one, under a number of its own. */
  receiveDescriptor(socket: number): number;
  /** A non-blocking eventfd that counts from `initial`. */
  eventfd(initial: number): number;
  /** Maps `length` bytes of a file shared, readable and writable; returns the address. */
  mmap(fd: number, length: number, offset: number): bigint;
  munmap(address: bigint, length: number): void;
  /** Maps pages of memory, filled with zeros; munmap() gives them up. */
  allocate(length: number): Pages;
  /** One page, always the same: for what a call is told by pointer and does not keep. */
  scratch(): Pages;
  /** Makes pages of memory read-only. */
  protect(address: bigint, length: number): void;
  /** One load from device memory, of 32 bits unless said otherwise, neither split nor merged with another. */
  load(address: bigint, width?: Width): number;
  /** One store to device memory, of 32 bits unless said otherwise, neither split nor merged with another. */
  store(address: bigint, value: number, width?: Width): void;
  /** Takes a capability from the calling thread, for good: capabilities(7). */
  dropCapability(capability: number): void;
  /** The processors that the calling thread may run on, a bit each: sched_getaffinity(2). */
  affinity(): Uint8Array;
  /** Has the calling thread run on these alone. */
  setAffinity(processors: Uint8Array): void;
  /** delete_module(2) with O_NONBLOCK: fails with EAGAIN while the module is in use. */
  deleteModule(name: string): void;
}
