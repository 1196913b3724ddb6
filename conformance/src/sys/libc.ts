// SPDX-License-Identifier: MIT
import { SysError } from './errno.js';
import { loadKoffi } from './koffi.js';

type Raw = (...args: unknown[]) => number | bigint;

/** The C prototypes that the suite calls, by name. */
const PROTOTYPES = {
  open: 'int open(const char *path, int flags, int mode)',
  close: 'int close(int fd)',
  dup: 'int dup(int fd)',
  ioctl: 'int ioctl(int fd, unsigned long request, void *argument)',
  read: 'intptr_t read(int fd, void *buffer, size_t count)',
  write: 'intptr_t write(int fd, const void *buffer, size_t count)',
  lseek: 'int64_t lseek(int fd, int64_t offset, int whence)',
  poll: 'int poll(void *fds, unsigned long count, int timeout)',
  eventfd: 'int eventfd(unsigned int initial, int flags)',
  epoll_create1: 'int epoll_create1(int flags)',
  epoll_ctl: 'int epoll_ctl(int epoll, int operation, int fd, void *event)',
  epoll_wait: 'int epoll_wait(int epoll, void *events, int max, int timeout)',
  mmap: 'intptr_t mmap(uintptr_t address, size_t length, int prot, int flags, int fd, int64_t offset)',
  munmap: 'int munmap(uintptr_t address, size_t length)',
  mprotect: 'int mprotect(uintptr_t address, size_t length, int prot)',
  getpagesize: 'int getpagesize()',
  socketpair: 'int socketpair(int domain, int type, int protocol, void *pair)',
  sendmsg: 'intptr_t sendmsg(int fd, uintptr_t message, int flags)',
  recvmsg: 'intptr_t recvmsg(int fd, uintptr_t message, int flags)',
  capget: 'int capget(void *header, void *data)',
  capset: 'int capset(void *header, const void *data)',
  sched_getaffinity: 'int sched_getaffinity(int thread, size_t size, void *processors)',
  sched_setaffinity: 'int sched_setaffinity(int thread, size_t size, const void *processors)',
  delete_module: 'int delete_module(const char *name, unsigned int flags)',
} as const;

type Name = keyof typeof PROTOTYPES;

/** libc as the suite uses it: a call that returns -1 throws `SysError`. */
export interface LibC {
  call(name: Name, ...args: unknown[]): number;
  callAsync(name: Name, ...args: unknown[]): Promise<number>;
  /** The one that cases make by the thousand: `call` takes a third longer. */
  ioctl(fd: number, request: number, argument: Uint8Array | bigint): number;
  mmap(address: bigint, length: number, prot: number, flags: number, fd: number, offset: number): bigint;
  mprotect(address: bigint, length: number, prot: number): void;
}

/** Looks the functions up in the C library that Node itself runs on, each at its first use. */
export const loadLibC = (): LibC => {
  const koffi = loadKoffi();
  const library = koffi.load(null);
  const functions = new Map<Name, ReturnType<typeof library.func>>();
  const find = (name: Name) => {
    let found = functions.get(name);
    if (found === undefined) {
      found = library.func(PROTOTYPES[name]);
      functions.set(name, found);
    }
    return found;
  };
  let ioctl: Raw | undefined;
  const checked = (name: Name, args: unknown[]): number | bigint => {
    const result = (find(name) as Raw)(...args);
    if (Number(result) === -1) throw new SysError(name, koffi.errno());
    return result;
  };
  return {
    call: (name, ...args) => Number(checked(name, args)),
    callAsync: (name, ...args) =>
      new Promise((resolve, reject) => {
        find(name).async(...args, (error: unknown, result: number) => {
          // errno belongs to the thread that made the call, so only the failure itself is known here.
          if (error !== null && error !== undefined) reject(error);
          else if (result === -1) reject(new SysError(name, 0));
          else resolve(result);
        });
      }),
    ioctl: (fd, request, argument) => {
      ioctl ??= find('ioctl') as Raw;
      const result = ioctl(fd, request, argument) as number;
      if (result === -1) throw new SysError('ioctl', koffi.errno());
      return result;
    },
    mmap: (...args) => BigInt(checked('mmap', args)),
    mprotect: (...args) => void checked('mprotect', args),
  };
};
