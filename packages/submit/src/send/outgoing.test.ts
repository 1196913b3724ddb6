// SPDX-License-Identifier: MIT
import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { outgoing } from './outgoing.js';

const NOW = new Date('2026-11-22T10:24:32Z');
const HEAD = 'Message-Id: <x@y>\nFrom: A <a@example.org>\nDate: Mon, 2 Nov 2026 10:00:00 +0200\nSubject: x\n';

it('dates a mail when it is sent, and changes nothing else of an ASCII one', () => {
  const raw = `${HEAD}\nDate: in the body\n`;
  expect(outgoing({ raw }, NOW)).toBe(
    raw.replace('Mon, 2 Nov 2026 10:00:00 +0200', 'Sun, 22 Nov 2026 10:24:32 +0000'),
  );
});

it('says the character set where git format-patch does not', () => {
  expect(outgoing({ raw: `${HEAD}\nü\n` }, NOW)).toContain(
    'Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\nü\n',
  );
  const declared = `${HEAD}MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\nü\n`;
  expect(outgoing({ raw: declared }, NOW).match(/Content-Type/g)).toHaveLength(1);
});

it('encodes lines that are too long for mail, so that they come out as they were', async () => {
  const body = `+${'x='.repeat(600)} \n+tab\t\n ü\n`;
  const sent = outgoing({ raw: `${HEAD}\n${body}` }, NOW);
  expect(Math.max(...sent.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76);
  expect((await PostalMime.parse(sent)).text).toBe(body);
});
