// SPDX-License-Identifier: MIT
import type { LibC } from './libc.js';

/** _LINUX_CAPABILITY_VERSION_3 of include/uapi/linux/capability.h, with two words for each set. */
const VERSION = 0x2008_0522;
/** Words of struct __user_cap_data_struct: effective, permitted, inheritable. */
const WORDS = 3;
const SETS = ['effective', 'permitted', 'inheritable'] as const;

/** Takes a capability out of every set of the calling thread. */
export const dropCapability = (libc: LibC, capability: number): void => {
  const header = new Uint32Array([VERSION, 0]);
  const data = new Uint32Array(2 * WORDS);
  libc.call('capget', bytesOf(header), bytesOf(data));
  const first = WORDS * (capability >>> 5);
  for (const [i] of SETS.entries()) data[first + i] = (data[first + i] ?? 0) & ~(1 << (capability & 31));
  libc.call('capset', bytesOf(header), bytesOf(data));
};

const bytesOf = ({ buffer }: Uint32Array): Uint8Array => new Uint8Array(buffer);
