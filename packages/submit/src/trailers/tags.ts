// SPDX-License-Identifier: MIT
import { parseMailbox } from '../mail/address.js';

/** A tag that somebody gave in a mail. */
export interface GivenTag {
  /** As the kernel writes it: `Reviewed-by`. */
  readonly key: string;
  /** `Name <address>`, with what stands behind a `#`. */
  readonly value: string;
  /** Null when there is none in it. */
  readonly address: string | null;
  /** It stands in a line that the mail quotes. */
  readonly quoted: boolean;
}

/**
 * The tags that others give (Documentation/process/submitting-patches.rst). `Signed-off-by` and
 * `Co-developed-by` are no answer to a patch: nobody signs off by way of us.
 */
export const TAGS = ['Reviewed-by', 'Acked-by', 'Tested-by', 'Reported-by', 'Suggested-by'] as const;

const KEYS = new Map<string, string>(TAGS.map((key) => [key.toLowerCase(), key]));
const LINE = /^((?:\s*>)*)\s*([A-Za-z]+-by):\s*(\S.*)$/i;
const CONTINUED = /^(?:\s*>)*\s*<[^<>\s]+>/;
const SIGNATURE = /^--$/;

/** Finds tags in the text of a mail, above its signature. Takes any text. */
export const findTags = (text: string): GivenTag[] => {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const end = lines.findIndex((line) => SIGNATURE.test(line));
  return (end === -1 ? lines : lines.slice(0, end)).flatMap((line, at, all) => {
    const [, quotes = '', name = '', rest = ''] = LINE.exec(line.slice(0, 1000)) ?? [];
    const key = KEYS.get(name.toLowerCase());
    if (!key) return [];
    const next = all[at + 1] ?? '';
    const whole =
      !rest.includes('<') && CONTINUED.test(next) ? `${rest} ${next.replace(/^[\s>]*(?=<)/, '')}` : rest;
    return [{ key, ...readValue(whole), quoted: quotes !== '' }];
  });
};

// Mail programs make links of addresses: a@example.org<mailto:a@example.org>.
const readValue = (text: string): Pick<GivenTag, 'value' | 'address'> => {
  const [named = '', ...note] = text.replace(/<mailto:[^<>]*>/gi, '').split(/\s+#/);
  const person = parseMailbox(named.replace(/>+\s*$/, '>'));
  const remark = note.length > 0 ? ` #${note.join(' #')}` : '';
  if (!person) return { value: text.trim(), address: null };
  const who = person.name === '' ? person.address : `${person.name} <${person.address}>`;
  return { value: `${who}${remark.trimEnd()}`, address: person.address };
};
