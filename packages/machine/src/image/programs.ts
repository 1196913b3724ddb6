// SPDX-License-Identifier: MIT
import type { Arch } from '../arches.js';
import type { Context } from '../context.js';
import { foreignPrograms } from './foreign.js';
import { nativePrograms } from './native.js';

/** Where each file of a base image comes from: its path in the guest → its path here. */
export type Sources = ReadonlyMap<string, string>;

/** The programs of a guest, and the libraries that they need. */
export interface Programs {
  /** What names their content. */
  readonly key: () => Promise<unknown>;
  /** Brings those that are not here into a folder, which need not be there, and says where all are. */
  readonly bring: (folder: string) => Promise<Sources>;
}

/** What runs a guest of an architecture: this machine's own programs, where they do. */
export const programsFor = (arch: Arch, ctx: Context): Programs =>
  arch.node === process.arch ? nativePrograms(ctx) : foreignPrograms(arch, ctx);
