// SPDX-License-Identifier: MIT
import { InvalidArgumentError } from 'commander';

/** A number of seconds above 0. */
export const seconds = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('expected a number of seconds above 0');
  return value;
};

/** A whole number that is not negative. */
export const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < 0) {
    throw new InvalidArgumentError('expected a whole number');
  }
  return value;
};

/** A whole number above 0. */
export const positiveNumber = (text: string): number => {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('expected a whole number above 0');
  return value;
};

/** An option that may be given several times. */
export const more = (value: string, all: string[]): string[] => [...all, value];
