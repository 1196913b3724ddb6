// SPDX-License-Identifier: MIT
import type { ModelRecord } from '../devices/table.js';
import type { Bdf } from '../pci/address.js';
import type { Roots } from '../pci/sysfs.js';
import type { Sys } from '../sys/sys.js';
import type { Recorder } from './figures.js';
import type { Random } from './random.js';

/** A device under stress. */
export interface Target {
  readonly bdf: Bdf;
  readonly vectors: number;
  /** Null when the suite cannot make it raise vectors. */
  readonly model: ModelRecord;
}

/** What all processes of a run are told. */
export interface Plan {
  readonly targets: readonly Target[];
  readonly seed: number;
  /** Names of operations that nobody does. */
  readonly without: readonly string[];
  /** A folder that the processes share: see `loan.ts`. */
  readonly folder: string;
}

/** Pages of a device that are mapped. */
export interface Mapping {
  readonly address: bigint;
  readonly length: number;
}

/** What a process of a run has in its hands. It deals with one device at a time. */
export interface Hands {
  readonly sys: Sys;
  readonly roots: Roots;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly plan: Plan;
  /** The device it deals with, until the next open or loan. */
  target: Target;
  /** The open /dev/uioN; null while it has none. */
  file: number | null;
  /** Eventfds of its own. */
  readonly eventfds: readonly number[];
  readonly mappings: Mapping[];
  /** A page for what operations are told by pointer. */
  readonly page: { readonly address: bigint; readonly bytes: Uint8Array };
}

/** Gives up the file and what is mapped of it. Mappings first, because each keeps the file open. */
export const letGo = (hands: Hands): void => {
  for (const { address, length } of hands.mappings.splice(0)) hands.sys.munmap(address, length);
  const { file } = hands;
  hands.file = null;
  if (file !== null) hands.sys.close(file);
};
