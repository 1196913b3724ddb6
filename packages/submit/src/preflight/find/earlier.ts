// SPDX-License-Identifier: MIT
import { type Mail, parseMail, postedRevisions, readPosted, splitMailbox } from '@uio-msi/series';
import type { EarlierRevision } from '../facts.js';

/**
 * The archive of posted revisions of a series, oldest first.
 *
 * @throws {UserError} when one is not what its checksum says
 */
export const findEarlier = async (dir: string): Promise<readonly EarlierRevision[]> => {
  const numbers = await postedRevisions(dir);
  return Promise.all(
    numbers.map(async (number) => {
      const { text, patches } = await readPosted(dir, number);
      const heads: string[] = [];
      const mails: (Mail | null)[] = [];
      for await (const raw of splitMailbox([Buffer.from(text)])) {
        const mail = raw.bytes.toString();
        heads.push(mail.slice(0, mail.indexOf('\n\n') + 1));
        mails.push(await parseMail(raw));
      }
      const sent = Date.parse(heads.flatMap((head) => /^Date: *(.+)$/im.exec(head)?.[1] ?? []).at(-1) ?? '');
      return {
        number,
        sent: Number.isNaN(sent) ? null : new Date(sent).toISOString(),
        messageIds: heads.flatMap((head) => /^Message-ID:\s*<([^<>\s]+)>/im.exec(head)?.[1] ?? []),
        cover: mails.find(isCover)?.text ?? null,
        recipients: [...new Set(heads.flatMap(addressesIn))],
        patches: patches.map(({ patch }) => patch),
      };
    }),
  );
};

const isCover = (mail: Mail | null): boolean => mail?.subject.number === 0;

const addressesIn = (head: string): string[] =>
  head
    .split(/\n(?![ \t])/)
    .filter((field) => /^(?:to|cc):/i.test(field))
    .flatMap((field) => field.match(/[^\s<>,;"()]+@[^\s<>,;"()]+/g) ?? [])
    .map((address) => address.toLowerCase());
