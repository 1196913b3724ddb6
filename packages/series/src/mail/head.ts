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

/**
 * The identities in a header of a mail, without their angle brackets; what is no identity is left out.
 *
 * @param name in lower case
 */
export const identities = (head: string, name: string): string[] => {
  const header = head.split(/\n(?![ \t])/).find((line) => line.toLowerCase().startsWith(`${name}:`)) ?? '';
  const value = header.slice(name.length + 1).trim();
  const found = [...value.matchAll(/<([^<>\s]{1,500})>/g)].map(([, id]) => id ?? '');
  // Some programs leave the brackets out.
  return found.length > 0 || !/^[^<>\s]{1,500}$/.test(value) ? found : [value];
};
