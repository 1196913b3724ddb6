// SPDX-License-Identifier: MIT
import { postedRevisions, readPosted, splitMailbox } from '@uio-msi/series';
import { type Mail, parseMail } from '../../mail/parse.js';
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
      const mails = splitMailbox(text);
      const heads = mails.map((mail) => mail.slice(0, mail.indexOf('\n\n') + 1));
      const sent = Date.parse(heads.flatMap((head) => /^Date: *(.+)$/im.exec(head)?.[1] ?? []).at(-1) ?? '');
      const parsed = await Promise.all(
        mails.map((mail, at) =>
          parseMail({ at, bytes: Buffer.from(withoutMark(mail)), marked: false, cut: false }),
        ),
      );
      return {
        number,
        sent: Number.isNaN(sent) ? null : new Date(sent).toISOString(),
        messageIds: heads.flatMap((head) => /^Message-ID:\s*<([^<>\s]+)>/im.exec(head)?.[1] ?? []),
        cover: parsed.find(isCover)?.text ?? null,
        recipients: [...new Set(heads.flatMap(addressesIn))],
        patches: patches.map(({ patch }) => patch),
      };
    }),
  );
};

const withoutMark = (mail: string): string => mail.replace(/^From [^\n]*\n/, '');

const isCover = (mail: Mail | null): boolean => mail?.subject.number === 0;

const addressesIn = (head: string): string[] =>
  head
    .split(/\n(?![ \t])/)
    .filter((field) => /^(?:to|cc):/i.test(field))
    .flatMap((field) => field.match(/[^\s<>,;"()]+@[^\s<>,;"()]+/g) ?? [])
    .map((address) => address.toLowerCase());
