// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { problem } from '../problems.js';

// What series.yaml takes (series/disk/manifest.ts): it cannot lead out of a folder, nor be hidden.
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

// Names that are devices on some systems, whatever folder they are in.
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * Takes a name that a person chose.
 *
 * @throws {UserError} `bad-name`
 */
export const chosenName = (name: string): string => {
  if (NAME.test(name) && !DEVICES.test(name)) return name;
  throw problem('bad-name', `"${name.slice(0, 80)}"`);
};

/** A name made of a subject: `uio: PCI interrupts` is `uio-pci-interrupts`. */
export const nameOf = (subject: string): string => {
  const words = subject
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, 40)
    .replace(/[-_]+$/, '');
  return words === '' || DEVICES.test(words) ? `series${words && `-${words}`}` : words;
};

/**
 * A change-id as b4 makes it: date, name, twelve hex digits. Importing the same again gives the same.
 *
 * @param seconds since 1970
 */
export const changeIdOf = (name: string, seconds: number, message: string): string => {
  const day = new Date(seconds * 1000).toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}-${name}-${createHash('sha256').update(message).digest('hex').slice(0, 12)}`;
};
