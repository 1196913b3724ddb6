// SPDX-License-Identifier: MIT
import { clean, type Person } from '@uio-msi/series';

// A local part and a domain; what a server makes of them is its affair. It is also an argument of
// sendmail, which must not take it for an option.
const ADDRESS = /^(?!-)[^\s<>@,;"()]+@[^\s<>@,;"()]+$/;

/** Reads `Name <address>`, or an address alone; null when it is neither. */
export const parseMailbox = (text: string): Person | null => {
  const [, name = '', bracketed] = /^([^<]*)<([^<>]*)>[^<>]*$/.exec(text.trim()) ?? [];
  const address = (bracketed ?? text).trim();
  if (!ADDRESS.test(address)) return null;
  return {
    name: clean(
      name
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .replace(/\\(.)/g, '$1'),
    ),
    address,
  };
};

/** Whether two addresses are one: the domain's case never counts, and nobody lets that of the rest count. */
export const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

// RFC 5322: what needs no quotes in a display name.
const ATOMS = /^[\w!#$%&'*+/=?^`{|}~ -]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
const BEYOND_ASCII = /[^\u0000-\u007f]/;

/** A person as a header has it: quoted, or as encoded words (RFC 2047) as git send-email does it. */
export const headerMailbox = ({ name: given, address }: Person): string => {
  const name = clean(given); // a line end would begin another header
  if (name === '') return address;
  if (BEYOND_ASCII.test(name)) return `${encodedWords(name)} <${address}>`;
  return `${ATOMS.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
};

// At most 75 characters, charset and question marks with them, and no character in two words.
const WORD_ROOM = 75 - '=?UTF-8?q??='.length;

const encodedWords = (text: string): string => {
  const words: string[] = [''];
  for (const character of text) {
    const escaped = [...Buffer.from(character)].map(encodedByte).join('');
    if ((words.at(-1) ?? '').length + escaped.length > WORD_ROOM) words.push('');
    words[words.length - 1] += escaped;
  }
  return words.map((word) => `=?UTF-8?q?${word}?=`).join('\n ');
};

const encodedByte = (byte: number): string => {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9!*+/-]/.test(character)
    ? character
    : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
};
