// SPDX-License-Identifier: MIT

import { dropCapability } from './capabilities.js';
import {
  EFD_CLOEXEC,
  EFD_NONBLOCK,
  EPOLL_CLOEXEC,
  EPOLL_CTL_ADD,
  EPOLLIN,
  MAP_ANONYMOUS,
  MAP_PRIVATE,
  MAP_SHARED,
  O_CLOEXEC,
  O_NONBLOCK,
  PROT_READ,
  PROT_WRITE,
  SEEK_END,
} from './constants.js';
import { loadKoffi } from './koffi.js';
import { type LibC, loadLibC } from './libc.js';
import { createMmio } from './mmio.js';
import { restarting, restartingAsync } from './restart.js';
import { receiveDescriptor, sendDescriptor, socketPair } from './rights.js';
import type { Pages, PollRequest, Sys } from './sys.js';

/** Room for a message with a descriptor: see rights.ts. */
const MESSAGE_SIZE = 4096;

/** sizeof(cpu_set_t), sched.h. */
const CPU_SET_SIZE = 128;
const CALLING_THREAD = 0;

/** A page on most machines, and enough on any. */
const SCRATCH_SIZE = 4096;

/** A stream socket sends no descriptor without data. */
const ONE_BYTE = new Uint8Array(1);

/** `Sys` on the running kernel, through the C library. */
export const createLinuxSys = (): Sys => {
  const libc = loadLibC();
  let mmio: ReturnType<typeof createMmio> | undefined;
  const registers = () => (mmio ??= createMmio(libc));
  const allocate = (length: number): Pages => {
    const address = libc.mmap(0n, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return { address, bytes: new Uint8Array(loadKoffi().view(address, length)) };
  };
  let page: Pages | undefined;
  let scratch: Pages | undefined;
  const message = () => (page ??= allocate(MESSAGE_SIZE));
  return {
    pageSize: libc.call('getpagesize'),
    open: (path, flags) => libc.call('open', path, flags | O_CLOEXEC, 0),
    close: (fd) => void libc.call('close', fd),
    dup: (fd) => libc.call('dup', fd),
    ioctl: libc.ioctl,
    read: (fd, length) => {
      const buffer = new Uint8Array(length);
      return buffer.subarray(0, libc.call('read', fd, buffer, length));
    },
    write: (fd, bytes) => libc.call('write', fd, bytes, bytes.length),
    seekEnd: (fd) => void libc.call('lseek', fd, 0, SEEK_END),
    poll: (requests, timeoutMs) => {
      const table = encodePoll(requests);
      restarting(timeoutMs, (left) => libc.call('poll', table, requests.length, left));
      return decodePoll(table);
    },
    pollAsync: async (requests, timeoutMs) => {
      const table = encodePoll(requests);
      await restartingAsync(timeoutMs, (left) => libc.callAsync('poll', table, requests.length, left));
      return decodePoll(table);
    },
    epollOf: (fd) => epollOf(libc, fd),
    epollWait: (epoll, timeoutMs) =>
      restarting(timeoutMs, (left) => libc.call('epoll_wait', epoll, epollEvent(), 1, left)) > 0,
    epollWaitAsync: async (epoll, timeoutMs) =>
      (await restartingAsync(timeoutMs, (left) =>
        libc.callAsync('epoll_wait', epoll, epollEvent(), 1, left),
      )) > 0,
    socketPair: () => socketPair(libc),
    sendDescriptor: (socket, fd, data = ONE_BYTE) => sendDescriptor(libc, message(), socket, fd, data),
    receiveDescriptor: (socket) => receiveDescriptor(libc, message(), socket),
    eventfd: (initial) => libc.call('eventfd', initial, EFD_CLOEXEC | EFD_NONBLOCK),
    mmap: (fd, length, offset) => libc.mmap(0n, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset),
    munmap: (address, length) => void libc.call('munmap', address, length),
    allocate,
    scratch: () => (scratch ??= allocate(SCRATCH_SIZE)),
    protect: (address, length) => libc.mprotect(address, length, PROT_READ),
    load: (address, width) => registers().load(address, width),
    store: (address, value, width) => registers().store(address, value, width),
    dropCapability: (capability) => dropCapability(libc, capability),
    affinity: () => {
      const processors = new Uint8Array(CPU_SET_SIZE);
      libc.call('sched_getaffinity', CALLING_THREAD, CPU_SET_SIZE, processors);
      return processors;
    },
    setAffinity: (processors) =>
      void libc.call('sched_setaffinity', CALLING_THREAD, processors.length, processors),
    deleteModule: (name) => void libc.call('delete_module', name, O_NONBLOCK),
  };
};

/** struct pollfd: int fd; short events; short revents. */
const POLLFD_SIZE = 8;

const encodePoll = (requests: readonly PollRequest[]): Uint8Array => {
  const table = new DataView(new ArrayBuffer(requests.length * POLLFD_SIZE));
  requests.forEach(({ fd, events }, i) => {
    table.setInt32(i * POLLFD_SIZE, fd, true);
    table.setInt16(i * POLLFD_SIZE + 4, events, true);
  });
  return new Uint8Array(table.buffer);
};

const decodePoll = (bytes: Uint8Array): number[] => {
  const table = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / POLLFD_SIZE }, (_, i) =>
    table.getInt16(i * POLLFD_SIZE + 6, true),
  );
};

/** struct epoll_event is packed on x86-64 alone (12 bytes); 16 hold it everywhere. */
const EPOLL_EVENT_SIZE = 16;

const epollEvent = () => new Uint8Array(EPOLL_EVENT_SIZE);

const epollOf = (libc: LibC, fd: number): number => {
  const epoll = libc.call('epoll_create1', EPOLL_CLOEXEC);
  const event = new DataView(new ArrayBuffer(EPOLL_EVENT_SIZE));
  event.setUint32(0, EPOLLIN, true);
  libc.call('epoll_ctl', epoll, EPOLL_CTL_ADD, fd, new Uint8Array(event.buffer));
  return epoll;
};
