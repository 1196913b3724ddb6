// SPDX-License-Identifier: MIT
import PostalMime, { type Attachment, type Email } from 'postal-mime';

const PATCH_NAME = /\.(?:patch|diff)(?:\.txt)?$/i;
const PATCH_TYPE = /^text\/(?:x-)?(?:patch|diff)$/i;
const FORMATTED = /^From [0-9a-f]{40} /gm;

/** Whether it is for git, by its type or its name. */
export const isPatch = ({ filename, mimeType }: Attachment): boolean =>
  PATCH_TYPE.test(mimeType) || PATCH_NAME.test(filename ?? '');

/** The patches that are attached to a mail. */
export interface Attached {
  /** How many of them are mails of their own, as git format-patch writes them. */
  readonly count: number;
  /** The only one of these; null when there are more, of which nobody knows which is meant. */
  readonly inner: { readonly email: Email; readonly text: string } | null;
  /** The text of all that are bare diffs. */
  readonly others: readonly string[];
}

/** Reads the patches that are attached to a mail. Takes any bytes. */
export const readAttached = async (attachments: readonly Attachment[]): Promise<Attached> => {
  const all = attachments.map(({ content }) =>
    typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array),
  );
  const isFormatted = (bytes: Buffer): boolean => /^From [0-9a-f]{40} /.test(bytes.toString('latin1', 0, 60));
  const formatted = all.filter(isFormatted);
  const count = formatted.reduce(
    (sum, bytes) => sum + (bytes.toString('latin1').match(FORMATTED) ?? []).length,
    0,
  );
  const [first] = formatted;
  const email =
    first && count === 1
      ? await PostalMime.parse(first.subarray(first.indexOf('\n') + 1)).catch(() => null)
      : null;
  return {
    count,
    inner: email && { email, text: email.text ?? '' },
    others: all.filter((bytes) => !isFormatted(bytes)).map((bytes) => bytes.toString()),
  };
};
