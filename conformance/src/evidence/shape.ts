// SPDX-License-Identifier: MIT

/** Why a value is not of a shape, with the path to it: `cases[3].verdict: expected …`; null when it is. */
export type Shape = (value: unknown, at: string) => string | null;

const expected =
  (what: string, holds: (value: unknown) => boolean): Shape =>
  (value, at) =>
    holds(value) ? null : `${at}: expected ${what}`;

export const text = expected('a text', (value) => typeof value === 'string');
export const count = expected('a number from 0', (value) => Number.isFinite(value) && (value as number) >= 0);
export const oneOf = (...values: readonly unknown[]): Shape =>
  expected(`one of ${values.join(', ')}`, (value) => values.includes(value));
export const matching = (pattern: RegExp, what: string): Shape =>
  expected(what, (value) => typeof value === 'string' && pattern.test(value));

export const nullOr =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? null : shape(value, at);

export const listOf =
  (shape: Shape, least = 0): Shape =>
  (value, at) => {
    if (!Array.isArray(value) || value.length < least) return `${at}: expected a list of ${least} or more`;
    for (const [i, one] of value.entries()) {
      const problem = shape(one, `${at}[${i}]`);
      if (problem !== null) return problem;
    }
    return null;
  };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values of one shape, by whatever names. */
export const recordOf =
  (shape: Shape): Shape =>
  (value, at) =>
    isObject(value) ? listOf(shape)(Object.values(value), at) : `${at}: expected an object`;

/** Exactly these fields: one more would be something that nobody has looked at. */
export const object =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    if (!isObject(value)) return `${at}: expected an object`;
    const strange = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
    if (strange !== undefined) return `${at}: ${JSON.stringify(strange)} is unknown`;
    for (const [name, shape] of Object.entries(fields)) {
      const problem = shape(value[name], `${at}.${name}`);
      if (problem !== null) return problem;
    }
    return null;
  };
