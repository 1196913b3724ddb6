// SPDX-License-Identifier: MIT

/**
 * Joins groups that have a name in common.
 *
 * @returns gives for each name that of its group, the same for all in it
 */
export const joined = (groups: readonly (readonly string[])[]): ((name: string) => string) => {
  const above = new Map<string, string>();
  const top = (name: string): string => {
    let at = name;
    for (let next = above.get(at); next !== undefined; next = above.get(at)) {
      const over = above.get(next);
      if (over !== undefined) above.set(at, over); // half the way for the next one
      at = next;
    }
    return at;
  };
  for (const [first, ...others] of groups)
    for (const other of others) {
      const [a, b] = [top(first as string), top(other)];
      if (a !== b) above.set(b, a);
    }
  return top;
};
