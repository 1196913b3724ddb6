// SPDX-License-Identifier: MIT

/** Statically linked, from Debian's busybox-static: the guest needs no further libraries for it. */
export const BUSYBOX = '/bin/busybox';

/** Where programs are in a guest. */
export const BUSYBOX_IN_GUEST = '/bin/busybox';
export const NODE_IN_GUEST = '/usr/bin/node';
