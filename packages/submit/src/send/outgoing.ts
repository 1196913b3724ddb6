// SPDX-License-Identifier: MIT
import type { Message } from '../message/message.js';

// RFC 5322, 2.1.1: a line has at most 998 characters; some servers break longer ones.
const LONGEST = 998;
// RFC 2045, 6.7: an encoded line has at most 76.
const ENCODED = 76;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
const BEYOND_ASCII = /[^\u0000-\u007f]/;

/**
 * The mail as it leaves: what git send-email makes of a file of git format-patch. It is dated when it
 * is sent, says its character set, and is encoded when a line is too long for mail.
 *
 * @param date when it is sent
 * @returns with lines that end with LF
 */
export const outgoing = ({ raw }: Pick<Message, 'raw'>, date: Date): string => {
  const end = raw.indexOf('\n\n') + 1;
  const head = raw.slice(0, end).replace(/^Date: .*$/m, `Date: ${mailDate(date)}`);
  const body = raw.slice(end + 1);
  const long = body.split('\n').some((line) => Buffer.byteLength(line) > LONGEST);
  if (long) return `${withoutType(head)}${typeHeaders('quoted-printable')}\n${quotedPrintable(body)}`;
  const declared = /^Content-Type:/im.test(head);
  return `${head}${BEYOND_ASCII.test(body) && !declared ? typeHeaders('8bit') : ''}\n${body}`;
};

/** A moment as a mail has it, in UTC: `Sun, 22 Nov 2026 10:24:32 +0000`. */
export const mailDate = (date: Date): string => date.toUTCString().replace(/GMT$/, '+0000');

const typeHeaders = (encoding: string): string =>
  `MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: ${encoding}\n`;

const withoutType = (head: string): string => head.replace(/^(?:MIME-Version|Content-[\w-]+): .*\n/gim, '');

const quotedPrintable = (text: string): string => text.split('\n').map(encodedLine).join('\n');

const encodedLine = (line: string): string => {
  const bytes = Buffer.from(line);
  let column = 0;
  let encoded = '';
  for (const [at, byte] of bytes.entries()) {
    const plain = (byte >= 0x20 && byte < 0x7f && byte !== 0x3d) || byte === 0x09;
    const atEnd = at === bytes.length - 1 && (byte === 0x20 || byte === 0x09);
    const word =
      plain && !atEnd ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (column + word.length >= ENCODED) {
      encoded += '=\n';
      column = 0;
    }
    encoded += word;
    column += word.length;
  }
  return encoded;
};
