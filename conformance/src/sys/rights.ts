// SPDX-License-Identifier: MIT
import { AF_UNIX, MSG_CMSG_CLOEXEC, SCM_RIGHTS, SOCK_STREAM, SOL_SOCKET } from './constants.js';
import type { LibC } from './libc.js';
import type { Pages } from './sys.js';

/*
 * Descriptors over sockets: unix(7), SCM_RIGHTS. A message of a few bytes with one descriptor, laid
 * out by hand as include/linux/socket.h has it on 64-bit machines.
 */
const AT = { header: 0, vector: 64, control: 96, data: 128 } as const;
const CONTROL_LENGTH = 20;
const CONTROL_SPACE = 24;

/** Two connected sockets. */
export const socketPair = (libc: LibC): [number, number] => {
  const pair = new Int32Array(2);
  libc.call('socketpair', AF_UNIX, SOCK_STREAM, 0, pair);
  const [a = -1, b = -1] = pair;
  return [a, b];
};

/** Sends a copy of `fd` along with `data`. `memory` is a page for the message. */
export const sendDescriptor = (
  libc: LibC,
  memory: Pages,
  socket: number,
  fd: number,
  data: Uint8Array,
): void => {
  const view = layOut(memory, data.length);
  memory.bytes.set(data, AT.data);
  view.setBigUint64(AT.control, BigInt(CONTROL_LENGTH), true);
  view.setInt32(AT.control + 8, SOL_SOCKET, true);
  view.setInt32(AT.control + 12, SCM_RIGHTS, true);
  view.setInt32(AT.control + 16, fd, true);
  libc.call('sendmsg', socket, memory.address, 0);
};

/** Receives a descriptor that was sent. */
export const receiveDescriptor = (libc: LibC, memory: Pages, socket: number): number => {
  const view = layOut(memory, 1);
  libc.call('recvmsg', socket, memory.address, MSG_CMSG_CLOEXEC);
  return view.getInt32(AT.control + 16, true);
};

/** struct msghdr, with one struct iovec and room for one descriptor. */
const layOut = ({ address, bytes }: Pages, length: number): DataView => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setBigUint64(AT.header + 16, address + BigInt(AT.vector), true);
  view.setBigUint64(AT.header + 24, 1n, true);
  view.setBigUint64(AT.header + 32, address + BigInt(AT.control), true);
  view.setBigUint64(AT.header + 40, BigInt(CONTROL_SPACE), true);
  view.setBigUint64(AT.vector, address + BigInt(AT.data), true);
  view.setBigUint64(AT.vector + 8, BigInt(length), true);
  return view;
};
