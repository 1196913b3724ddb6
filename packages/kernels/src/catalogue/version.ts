// SPDX-License-Identifier: MIT

// A release candidate comes before its release: 7.3-rc2 < 7.3. linux-next has what none has yet.
const parts = (version: string): number[] => {
  const [, day] = /^next-(\d+)$/.exec(version) ?? [];
  if (day !== undefined) return [Number.POSITIVE_INFINITY, Number(day), 0, 0];
  const [release = '', candidate] = version.split('-rc');
  const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number);
  return [major, minor, patch, candidate === undefined ? Number.POSITIVE_INFINITY : Number(candidate)];
};

/** Compares kernel versions for sorting, newest first. */
export const newestFirst = (a: string, b: string): number => {
  const [left, right] = [parts(a), parts(b)];
  const at = left.findIndex((part, i) => part !== right[i]);
  return at < 0 ? 0 : (right[at] ?? 0) > (left[at] ?? 0) ? 1 : -1;
};
