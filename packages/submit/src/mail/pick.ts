// SPDX-License-Identifier: MIT
import { type Mail, parseMail, readMailbox, splitMailbox } from '@uio-msi/series';

/** A mail with its bytes. */
export interface PickedMail extends Mail {
  /** As they lie in the mailbox, without its own line. */
  readonly bytes: Buffer;
  readonly cut: boolean;
}

/** Reads some mails of a mailbox, by their places. */
export const pickMails = async (
  path: string,
  places: ReadonlySet<number>,
): Promise<Map<number, PickedMail>> => {
  const picked = new Map<number, PickedMail>();
  for await (const raw of splitMailbox(readMailbox(path))) {
    if (!places.has(raw.at)) continue;
    const mail = await parseMail(raw);
    if (mail) picked.set(raw.at, { ...mail, bytes: raw.bytes, cut: raw.cut });
    if (picked.size === places.size) break;
  }
  return picked;
};
