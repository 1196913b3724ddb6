// SPDX-License-Identifier: MIT
import { type Patch, takeApart } from '@uio-msi/series';
import type { Message, Revision } from '../message/message.js';

/** A mail that carries a patch. */
export interface PatchMail extends Message {
  readonly patch: Patch;
}

const hasPatch = (message: Message): message is PatchMail => message.patch !== null;

/** The mails with the patches, in order. */
export const patchMails = ({ messages }: Revision): readonly PatchMail[] => messages.filter(hasPatch);

/** The cover letter; null when there is none. */
export const coverOf = ({ messages }: Revision): Message | null =>
  messages.find(({ patch }) => patch === null) ?? null;

/** How breaches name a mail: the file that its author edits. */
export const nameOf = ({ patch }: Message): string => patch?.file ?? 'cover letter';

/** What a patch mail says between `---` and the diffstat: notes for reviewers. */
export const notesOf = ({ raw }: Message): string => takeApart(raw).notes.trim();

/** The lines that a patch adds to files whose path passes, each with its path. */
export const addedLines = (
  { changes }: Patch,
  isFile: (path: string) => boolean = () => true,
): { readonly path: string; readonly line: string }[] =>
  changes.flatMap(({ to, hunks }) => {
    if (to === null || !isFile(to)) return [];
    const lines = hunks.flatMap((hunk) => hunk.lines.filter((line) => line.startsWith('+')));
    return lines.map((line) => ({ path: to, line: line.slice(1) }));
  });

/** The files that a patch makes. */
export const newFiles = ({ changes }: Patch): string[] =>
  changes.flatMap(({ from, to }) => (from === null && to !== null ? [to] : []));

// Their Makefiles are not the kernel's, or build programs.
const OUTSIDE = /^(?:tools|samples|scripts|Documentation|usr|rust)\//;

/** The sources of the kernel that a patch makes. */
export const newSources = (patch: Patch): string[] =>
  newFiles(patch).filter((path) => /\.[cS]$/.test(path) && !OUTSIDE.test(path));

/** Whether a header is part of what the kernel promises to user space. */
export const isUapi = (path: string): boolean => /^(?:arch\/[^/]+\/)?include\/uapi\/.+\.h$/.test(path);
