// SPDX-License-Identifier: MIT

/** What servers did not take, each address and answer once, with how many mails it was said of. Pure. */
export const refusals = (said: readonly string[]): string[] =>
  [...new Set(said)].map((one) => {
    const times = said.filter((other) => other === one).length;
    return `not taken for ${one}${times === 1 ? '' : ` (${times} mails)`}`;
  });
