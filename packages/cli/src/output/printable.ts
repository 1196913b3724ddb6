// SPDX-License-Identifier: MIT

// Our own colours (those of `Color` and the report, and their ends) stay; of the rest of the control
// characters only the line end and the tab. Those that turn the direction of what follows would show it as something else.
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  /(\u001b\[(?:[012]|22|3[1-69])m)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text made safe for a terminal, at the last moment: what came from a patch, a file name or a
 * tool must not move its cursor or rewrite its title. Control characters become U+FFFD.
 */
export const printable = (text: string): string => text.replace(UNSAFE, (_, colour) => colour ?? '\ufffd');
