// SPDX-License-Identifier: MIT
// Linux values, from include/uapi/asm-generic/{fcntl,poll,mman-common,socket}.h, include/linux/socket.h,
// sys/eventfd.h, sys/epoll.h. They are the same on every architecture this suite runs on.
import { constants } from 'node:fs';

export const { O_RDONLY, O_RDWR, O_NONBLOCK } = constants;
export const O_CLOEXEC = 0o2000000;

export const POLLIN = 0x001;
export const POLLERR = 0x008;
export const POLLHUP = 0x010;

export const EFD_CLOEXEC = O_CLOEXEC;
export const EFD_NONBLOCK = O_NONBLOCK;

export const EPOLL_CLOEXEC = O_CLOEXEC;
export const EPOLL_CTL_ADD = 1;
export const EPOLLIN = 0x001;

export const PROT_READ = 1;
export const PROT_WRITE = 2;
export const PROT_EXEC = 4;
export const MAP_SHARED = 1;
export const MAP_PRIVATE = 2;
export const MAP_ANONYMOUS = 0x20;

export const SEEK_END = 2;

export const AF_UNIX = 1;
export const SOCK_STREAM = 1;
export const SOL_SOCKET = 1;
export const SCM_RIGHTS = 1;
export const MSG_CMSG_CLOEXEC = 0x40000000;

export const CAP_SYS_RAWIO = 17; // include/uapi/linux/capability.h

/** The user that owns nothing, as the kernel numbers it: DEFAULT_OVERFLOWUID, include/linux/highuid.h. */
export const NOBODY = 65534;
