// SPDX-License-Identifier: MIT
import type { Patch, Person, Series } from '@uio-msi/series';

/** One mail of a revision, as it would be sent. */
export interface Message {
  /** Its number in the brackets: 0 is the cover letter, a lone patch is 1. */
  readonly number: number;
  /** What `git format-patch` calls its file: `v2-0001-uio-add-an-ioctl-operation.patch`. */
  readonly file: string;
  /** The patch in it; null for the cover letter. */
  readonly patch: Patch | null;
  /** Without angle brackets. The same for as long as the revision is the same. */
  readonly messageId: string;
  /** The mail it answers, without angle brackets: the cover letter, for a patch. */
  readonly inReplyTo: string | null;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  /** Decoded and on one line, with its brackets: `[PATCH v2 1/8] uio: add an ioctl operation`. */
  readonly subject: string;
  /** All below the headers. */
  readonly body: string;
  /** The whole mail, with the headers as `git format-patch` writes them; lines end with LF. */
  readonly raw: string;
}

/** A series as it would be posted. */
export interface Revision {
  readonly series: Series;
  /** 2 for v2. */
  readonly number: number;
  /** Sent again as it was, with RESEND in the brackets. */
  readonly resend: boolean;
  /** Who sends it. */
  readonly sender: Person;
  /** The cover letter, if there is one, then the patches in order. */
  readonly messages: readonly Message[];
}
