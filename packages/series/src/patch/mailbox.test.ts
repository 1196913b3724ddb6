// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { PATCH } from '../../testing/series-folder.js';
import { parseMailbox } from './mailbox.js';

const mail = (subject: string, body = PATCH.slice(PATCH.indexOf('\n\n') + 2)) =>
  `From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\nFrom: A <a@example.org>\nSubject: ${subject}\n\n${body}\n`;

it('gives the patches of the newest revision in the order of their numbers', async () => {
  const text = [
    mail('[PATCH v2 0/2] cover', 'words\n'),
    mail('[PATCH v2 2/2] two'),
    mail('Re: [PATCH v2 2/2] two'),
    mail('[PATCH v1 1/1] old'),
    mail('[PATCH v2 1/2] one'),
  ].join('');
  const found = await parseMailbox('a.mbox', text);
  expect(found.map(({ patch, number }) => [number, patch.subject, patch.file])).toEqual([
    [1, 'one', 'a.mbox#5'],
    [2, 'two', 'a.mbox#2'],
  ]);
});

it('says that there is none', async () => {
  const parsing = parseMailbox('a.mbox', mail('[PATCH] a', 'words\n'));
  await expect(parsing).rejects.toMatchObject({ code: 'mailbox-empty' });
});

it.each(['base64', 'quoted-printable'])('decodes %s', async (encoding) => {
  const body = PATCH.slice(PATCH.indexOf('\n\n') + 2);
  const encoded =
    encoding === 'base64'
      ? Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\n')
      : body.replace(/[=\u0080-\uffff]/g, (char) =>
          [...Buffer.from(char)].map((byte) => `=${byte.toString(16).toUpperCase()}`).join(''),
        );
  const head = `From: J <j@example.org>\nSubject: [PATCH] a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n`;
  const [found] = await parseMailbox('a.mbox', `${head}\n${encoded}\n`);
  const [plain] = await parseMailbox('a.mbox', PATCH);
  expect(found?.patch.changes).toEqual(plain?.patch.changes);
  expect(found?.patch.message).toBe(plain?.patch.message);
});
