// SPDX-License-Identifier: MIT
import type { Splat } from '@uio-msi/model';
import type { Accelerator } from '../arches.js';
import type { Boot } from '../boot.js';
import type { Machine } from '../machines.js';
import type { GuestRecord } from './records.js';

/** A file or folder of ours that the guest gets. */
export interface GuestFile {
  /** Its path here; folders are taken with all that is in them. */
  readonly source: string;
  /** Its absolute path in the guest. */
  readonly target: string;
}

/** How long a guest may take, in seconds of the machine that we run on. */
export interface Limits {
  /** From power-on until it says that it is ready. */
  readonly ready: number;
  /** From power-on until it has powered off. */
  readonly total: number;
  /** Between two signs of life, on console or channel, once it is ready. */
  readonly silence: number;
}

/** Where a person sits. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WritableStream;
}

/** One guest: what it is made of, what it does and how long it may take. */
export interface GuestSpec extends Boot {
  readonly machine: Machine;
  /** Runs its code; by default the best that works here. */
  readonly accelerator?: Accelerator;
  /** Modules (`.ko`) in the order in which they are loaded. */
  readonly modules: readonly string[];
  readonly files: readonly GuestFile[];
  /** The job's command line, run after the modules were loaded; `shell` for a shell on the console. */
  readonly job: readonly string[] | 'shell';
  readonly limits: Limits;
  /** Gets the guest's console as it comes; overwritten. */
  readonly consoleLog: string;
  /** Called for each record that the guest sends, in order. */
  readonly onRecord?: (record: GuestRecord) => void;
  /** Joined to the guest's console; for a shell. */
  readonly terminal?: Terminal;
  /** What it may write to each of console and channel, in bytes; default 32 MiB. */
  readonly maxBytes?: number;
}

/** The ways in which a guest ends, and what each tells a person. */
export const GUEST_ENDS = {
  poweroff: 'the job ended and the guest powered off',
  module: 'a module did not load',
  panic: 'the kernel panicked',
  reset: 'the guest ended without a word',
  'not-ready': 'the guest was not ready in time',
  silence: 'the guest hung: nothing on its console or channel',
  timeout: 'the guest did not end in time',
  flood: 'the guest wrote more than it may',
  killed: 'QEMU was killed or crashed',
  left: 'it was left with Ctrl-]',
} as const;

/** One of {@link GUEST_ENDS}. */
export type GuestEnd = keyof typeof GUEST_ENDS;

/** What a guest said when it was ready. */
export interface Ready {
  /** The release of the kernel that runs: `7.2.6`. */
  readonly kernel: string;
  /** Seconds from power-on, measured here. */
  readonly after: number;
}

/** How a guest ended. */
export interface GuestOutcome {
  readonly end: GuestEnd;
  /** One line for a person: how it ended, and the detail that is known. */
  readonly message: string;
  /** The job's exit code; null when it never ended. */
  readonly exitCode: number | null;
  /** From power-on to the end of QEMU. */
  readonly seconds: number;
  /** Seconds from power-on until it was ready; null when it never was. */
  readonly readyAfter: number | null;
  /** What the console shows of trouble. */
  readonly splats: readonly Splat[];
  /** How many lines on the channel were no records, or too long. */
  readonly badLines: number;
  /** Set when nothing came on the console: the kernel never ran, and nothing is known of it. */
  readonly consoleEmpty?: true;
  /** The accelerator it ran with. */
  readonly accelerator: string;
}

/** A guest that was powered on. */
export interface GuestSession {
  /** Resolves when the guest is ready, or with null when it ended before; never rejects. */
  readonly ready: Promise<Ready | null>;
  /**
   * Resolves when the guest has ended, however it did. Rejects only when that is not the
   * guest's doing: `Interrupted`, or `EnvironmentError` `qemu-failed` when it could not start and
   * `log-not-writable` when its console could not be kept.
   */
  readonly done: Promise<GuestOutcome>;
}
