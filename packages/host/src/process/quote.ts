// SPDX-License-Identifier: MIT

/** A word as a POSIX shell needs it, to show a command that can be pasted. */
export const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
