// SPDX-License-Identifier: MIT
// Calls that Node.js does not have. Structures and numbers are Linux's on 64-bit machines:
// include/linux/socket.h, include/uapi/linux/uio.h, include/uapi/asm-generic/errno.h.
import { getSystemErrorName } from 'node:util';
import { EnvironmentError } from '@uio-msi/model';

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
/** Who would read what waits has not been started yet: a call that waits for that waits for ever. */
const MSG_DONTWAIT = 0x40;
const EFD_CLOEXEC = 0o2000000;
const SOCK_CLOEXEC = 0o2000000;

/** What passes descriptors to another process: unix(7), SCM_RIGHTS. Throws EnvironmentError `no-descriptors`. */
export interface Descriptors {
  /** Two connected sockets. */
  socketPair(): readonly [number, number];
  /** An eventfd that counts from 0. */
  eventfd(): number;
  /** Sends data, with a copy of a descriptor. */
  send(socket: number, data: Uint8Array, fd: number): void;
}

/** Loads koffi, which nobody else here has a use for. */
export const openDescriptors = async (): Promise<Descriptors> => {
  const { default: koffi } = await import('koffi');
  const libc = koffi.load(null);
  const iovec = koffi.struct({ base: 'const uint8_t *', length: 'size_t' });
  const msghdr = koffi.struct({
    name: 'void *',
    nameLength: 'uint32_t',
    vector: koffi.pointer(iovec),
    vectorLength: 'size_t',
    control: 'const uint8_t *',
    controlLength: 'size_t',
    flags: 'int',
  });
  const functions = {
    socketpair: libc.func('socketpair', 'int', ['int', 'int', 'int', koffi.out('int *')]),
    eventfd: libc.func('eventfd', 'int', ['unsigned int', 'int']),
    sendmsg: libc.func('sendmsg', 'int64_t', ['int', koffi.pointer(msghdr), 'int']),
  };
  const call = (name: keyof typeof functions, ...args: unknown[]): number => {
    const result = Number(functions[name](...args));
    if (result >= 0) return result;
    throw new EnvironmentError({
      code: 'no-descriptors',
      message: `${name} failed with ${getSystemErrorName(-koffi.errno())}`,
      why: 'the eventfds of an emulated device are made by us and passed to QEMU',
      next: 'see the limits of open files (ulimit -n), or leave out machines with that device',
    });
  };
  return {
    socketPair: () => {
      const pair = new Int32Array(2);
      call('socketpair', AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair);
      const [a = -1, b = -1] = pair;
      return [a, b];
    },
    eventfd: () => call('eventfd', 0, EFD_CLOEXEC),
    send: (socket, data, fd) => {
      const control = rights(fd);
      const vector = [{ base: data, length: data.length }];
      const message = { name: null, nameLength: 0, vector, vectorLength: 1, control, flags: 0 };
      call('sendmsg', socket, { ...message, controlLength: control.length }, MSG_DONTWAIT);
    },
  };
};

/** struct cmsghdr with one descriptor, padded to its alignment. */
const rights = (fd: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(24));
  view.setBigUint64(0, 20n, true);
  view.setInt32(8, SOL_SOCKET, true);
  view.setInt32(12, SCM_RIGHTS, true);
  view.setInt32(16, fd, true);
  return new Uint8Array(view.buffer);
};
