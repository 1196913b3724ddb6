// SPDX-License-Identifier: MIT

/** Says what is wrong with a value, by where it is: the first that is found; null when nothing is. Pure. */
export type Shape = (value: unknown, at: string) => string | null;

export const text: Shape = (value, at) => (typeof value === 'string' ? null : `${at} is no text`);

export const flag: Shape = (value, at) => (typeof value === 'boolean' ? null : `${at} is not true or false`);

/** A number of something: JSON has no infinite ones, and what is too large becomes null when it is written. */
export const amount: Shape = (value, at) =>
  typeof value === 'number' && value >= 0 && value <= 1e9 ? null : `${at} is no number from 0 to 1000000000`;

export const whole: Shape = (value, at) =>
  amount(value, at) ?? (Number.isInteger(value) ? null : `${at} is no whole number`);

export const oneOf =
  (words: readonly unknown[]): Shape =>
  (value, at) =>
    words.includes(value) ? null : `${at} is ${short(value)}, none of ${words.join(', ')}`;

export const matching =
  (pattern: RegExp, what: string): Shape =>
  (value, at) =>
    typeof value === 'string' && pattern.test(value) ? null : `${at} is ${short(value)}, ${what}`;

export const orNull =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? null : shape(value, at);

export const optional =
  (shape: Shape): Shape =>
  (value, at) =>
    value === undefined ? null : shape(value, at);

export const listOf =
  (shape: Shape): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} is no list`;
    for (const [index, one] of value.entries()) {
      const problem = shape(one, `${at}[${index}]`);
      if (problem !== null) return problem;
    }
    return null;
  };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** What has these fields, and maybe others that nobody looks at. */
export const objectOf =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    if (!isObject(value)) return `${at || 'it'} is no object`;
    for (const [name, shape] of Object.entries(fields)) {
      const problem = shape(value[name], at ? `${at}.${name}` : name);
      if (problem !== null) return problem;
    }
    return null;
  };

/** What has values of one shape, whatever they are called. */
export const mapOf =
  (shape: Shape): Shape =>
  (value, at) => {
    if (!isObject(value)) return `${at} is no object`;
    return listOf(shape)(Object.values(value), at);
  };

const short = (value: unknown): string => (JSON.stringify(value) ?? 'missing').slice(0, 80);
