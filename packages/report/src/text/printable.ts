// SPDX-License-Identifier: MIT

// A line longer than this helps nobody on a terminal.
const LONGEST = 400;

/**
 * Text from outside (a compiler, a guest) made safe for one line of a terminal: control
 * characters, escape sequences with them, become U+FFFD, and what is too long is cut.
 */
export const printable = (text: string): string => {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  return cut.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '\ufffd');
};
