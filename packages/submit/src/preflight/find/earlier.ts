// SPDX-License-Identifier: MIT
import { postedRevisions, readPosted, splitMailbox } from '@uio-msi/series';
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
      const heads = splitMailbox(text).map((mail) => mail.slice(0, mail.indexOf('\n\n') + 1));
      const sent = Date.parse(heads.flatMap((head) => /^Date: *(.+)$/im.exec(head)?.[1] ?? []).at(-1) ?? '');
      return {
        number,
        sent: Number.isNaN(sent) ? null : new Date(sent).toISOString(),
        messageIds: heads.flatMap((head) => /^Message-ID:\s*<([^<>\s]+)>/im.exec(head)?.[1] ?? []),
        patches: patches.map(({ patch }) => patch),
      };
    }),
  );
};
