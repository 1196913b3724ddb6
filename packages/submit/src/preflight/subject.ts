// SPDX-License-Identifier: MIT

// A subsystem is a word or a few, never a sentence: `uio`, `PM / OPP`, `driver core`, `drm/i915`.
const AREA = /^[\w.+,&*-]+(?:(?: ?\/ ?| )[\w.+,&*-]+){0,3}$/;

/** The parts of a subject without brackets: what precedes each colon, and the rest. */
export interface SubjectParts {
  readonly areas: readonly string[];
  readonly phrase: string;
}

/** Takes `selftests: uio: exercise uio_msi` apart (submitting-patches.rst, "Subject Line"). */
export const areasOf = (subject: string): SubjectParts => {
  const parts = subject.split(/: +|:$/);
  const end = parts.slice(0, -1).findIndex((part) => !AREA.test(part));
  const areas = parts.slice(0, end === -1 ? parts.length - 1 : end);
  return { areas, phrase: parts.slice(areas.length).join(': ').trim() };
};
