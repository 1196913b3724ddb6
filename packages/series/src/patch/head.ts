// SPDX-License-Identifier: MIT

// What is read of a mail's head. Parsing addresses takes quadratic time, and nobody asks for who got it.
const WANTED = /^(?:from|subject|date|mime-version|content-[\w-]+):/i;

// A real one has some hundred.
const MOST_CHARACTERS = 16_384;

/**
 * The headers of a mail that say what is in it, each with the lines that it goes on in.
 *
 * @throws {Error} when they are longer than anybody's are
 */
export const telling = (head: string): string => {
  const headers = head.split(/\n(?![ \t])/).filter((header) => WANTED.test(header));
  const text = headers.map((header) => `${header}\n`).join('');
  if (text.length > MOST_CHARACTERS)
    throw new Error(`its headers have ${text.length} characters, more than ${MOST_CHARACTERS}`);
  return text;
};
