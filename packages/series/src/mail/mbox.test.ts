// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { MAX_MAIL, splitMailbox } from './mbox.js';

async function* pieces(text: string | Buffer, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const split = async (text: string | Buffer, size = 7) => {
  const mails = [];
  for await (const { bytes, cut, marked } of splitMailbox(pieces(text, size)))
    mails.push({ text: bytes.toString('latin1'), cut, marked });
  return mails;
};

const MARK = 'From a@example.org Thu Jan  1 00:00:00 1970\n';
const mail = (n: number) => `Subject: ${n}\n\nbody ${n}\n\n`;

it.each([1, 7, 64, 100_000])('finds the mails in pieces of %i bytes', async (size) => {
  const mails = await split(`${MARK}${mail(1)}${MARK}${mail(2)}${MARK}${mail(3)}`, size);
  expect(mails.map(({ text }) => text)).toEqual([mail(1), mail(2), mail(3)]);
});

it('is content with line ends of another system, and with no mark at all', async () => {
  const crlf = `${MARK}${mail(1)}${MARK}${mail(2)}`.replaceAll('\n', '\r\n');
  expect((await split(crlf)).map(({ text }) => text)).toEqual(
    [mail(1), mail(2)].map((m) => m.replaceAll('\n', '\r\n')),
  );
  expect(await split(mail(1))).toEqual([{ text: mail(1), cut: false, marked: false }]);
});

it('takes a sentence for no mark, nor one that no header follows', async () => {
  const text = `${MARK}Subject: 1\n\nFrom here on it is 10:00 in 1970\nFrom a@b Thu Jan  1 00:00:00 1970\nno header\n`;
  expect(await split(text)).toHaveLength(1);
});

it('has no mail in an empty file', async () => {
  expect(await split('')).toEqual([]);
  expect(await split('\n\n')).toEqual([]);
});

it('keeps the beginning of a mail without end, and the mails behind it', async () => {
  const long = `Subject: long\n\n${'x'.repeat(99)}\n`.padEnd(MAX_MAIL * 2, `${'y'.repeat(99)}\n`);
  const mails = await split(`${MARK}${long}\n${MARK}${mail(2)}`, 65536);
  expect(mails.map(({ cut, text }) => [cut, text.length <= MAX_MAIL + 2000])).toEqual([
    [true, true],
    [false, true],
  ]);
  expect(mails[1]?.text).toBe(mail(2));
});
