// SPDX-License-Identifier: MIT
import type { CellResult, Finding, PatchResult, Verdict } from '@uio-msi/model';
import type { Patch, Person } from '@uio-msi/series';
import type { BuildFiles } from './kbuild.js';

/** Somebody who is to get a patch, and why. */
export interface Recipient extends Person {
  /** As get_maintainer.pl says it: `maintainer:USERSPACE I/O (UIO)`, `open list`. */
  readonly role: string;
}

/** A revision that was posted before. */
export interface EarlierRevision {
  readonly number: number;
  /** When, ISO 8601; null when its mails do not say. */
  readonly sent: string | null;
  /** Of all its mails, without angle brackets. */
  readonly messageIds: readonly string[];
  /** What its cover letter says, without headers; null when it had none. */
  readonly cover: string | null;
  /** The addresses in To: and Cc: of any of its mails, in lower case. */
  readonly recipients: readonly string[];
  readonly patches: readonly Patch[];
}

/** How the patches met the kernel that the series names as its base. */
export interface Applied {
  /** `7.2.6`. */
  readonly kernel: string;
  readonly patches: readonly PatchResult[];
}

/** A series of this checkout that has to be there first. */
export interface PrerequisiteState {
  readonly series: string;
  /** The newest revision that was posted; null for none. */
  readonly posted: number | null;
  /** Subjects of patches that are not what was posted then. */
  readonly differs: readonly string[];
}

/** What is known of a square of the matrix. */
export interface MatrixCell extends CellResult {
  /** `7.2.6/x86_64/gcc/minimal`, as `matrix` and `nightly --cells` name it. */
  readonly square: string;
}

/** A cell of the matrix that nobody waits for. */
export interface LeftOut {
  /** `7.2.6/x86_64/gcc/kcsan`. */
  readonly cell: string;
  readonly why: string;
}

/** What rules may have to know beside the mails. */
export interface FactValues {
  readonly now: Date;
  /** The archive of posted revisions, oldest first. */
  readonly earlier: readonly EarlierRevision[];
  /** cover.md as its author wrote it: the mail has more in it, of our own. */
  readonly cover: string;
  readonly applied: Applied;
  /** What checkpatch says of the patches, with nothing taken for expected. */
  readonly checkpatch: readonly Finding[];
  /** Whom get_maintainer.pl names, by the file of the patch. */
  readonly maintainers: ReadonlyMap<string, readonly Recipient[]>;
  /** MAINTAINERS with the series applied. */
  readonly maintainersFile: string;
  /** Documentation/userspace-api/ioctl/ioctl-number.rst with the series applied. */
  readonly ioctlNumbers: string;
  /** Makefiles and Kconfig files with the series applied, by their paths. */
  readonly buildFiles: BuildFiles;
  readonly prerequisites: readonly PrerequisiteState[];
  /** When the revision was sent again, ISO 8601; null when it was not. */
  readonly resent: string | null;
  /** What is known of every prefix of the series, for exactly this content. */
  readonly prefixes: readonly CellResult[];
  /** What is known of every square of the series' matrix that is asked for, for exactly this content. */
  readonly matrix: readonly MatrixCell[];
  /** The cells of it that are not asked for. */
  readonly leftOut: readonly LeftOut[];
}

/** One of {@link FactValues}. */
export type FactName = keyof FactValues;

/** Why something is not known. */
export interface Unknown {
  readonly verdict: Extract<Verdict, 'ERROR' | 'MISS'>;
  readonly reason: string;
  readonly next?: string | undefined;
}

/** A fact, or why there is none. */
export type Known<T> = { readonly value: T } | { readonly unknown: Unknown };

/** All that was found out about a revision. */
export type Facts = { readonly [Name in FactName]: Known<FactValues[Name]> };
