// SPDX-License-Identifier: MIT
import { UserError } from '../errors.js';

/** A PCI address as sysfs spells it: `0000:00:03.0`. */
export type Bdf = string;

/** The bus of an address, as sysfs spells it: `0000:00`. */
export const busOf = (bdf: Bdf): string => bdf.slice(0, bdf.lastIndexOf(':'));

const FULL = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/;

/** Whether it is an address as sysfs spells it. */
export const isBdf = (text: string): text is Bdf => FULL.test(text);

/**
 * Reads a PCI address, with or without the domain, as lspci prints it.
 * @throws UserError when it is none; so that nothing else ever becomes part of a sysfs path.
 */
export const parseBdf = (text: string): Bdf => {
  const lower = text.toLowerCase();
  const full = /^[0-9a-f]{2}:/.test(lower) ? `0000:${lower}` : lower;
  if (!isBdf(full)) {
    throw new UserError(
      `'${text}' is not a PCI address: expected domain:bus:device.function, like 0000:00:03.0`,
    );
  }
  return full;
};
