// SPDX-License-Identifier: MIT
import { hash } from 'node:crypto';

/** Gives the id of something by what it is, so that the same has the same id in every report. */
export type IdOf = (...content: readonly unknown[]) => string;

/** Ids of an origin: its name, a colon and a digest (schema: `^[a-z0-9_]+:[^\0]*$`). */
export const idsOf =
  (origin: string): IdOf =>
  (...content) =>
    `${origin}:${hash('sha256', JSON.stringify(content)).slice(0, 32)}`;

// Of log_excerpt, in characters.
const LONGEST = 16_384;

/** Text as the schema wants it: no NUL, not too long, the end when it is. */
export const excerpt = (text: string): string => text.replaceAll('\0', '\ufffd').slice(-LONGEST);

/** A part of a test's path: letters, digits, dashes and underscores. */
export const pathPart = (name: string): string => name.replace(/[^a-zA-Z0-9_-]/g, '_') || '_';

/** A name with dots as a path: `irq.replace`. */
export const pathOf = (...names: readonly string[]): string =>
  names
    .flatMap((name) => name.split('.'))
    .map(pathPart)
    .join('.');
