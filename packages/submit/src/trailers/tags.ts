// SPDX-License-Identifier: MIT
import { clean } from '@uio-msi/series';
import { parseMailbox } from '../mail/address.js';
import { tagNames } from './spelling.js';

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
  /** It is written otherwise than tags are, or within a sentence. */
  readonly loose: boolean;
  /** The words at it speak of numbers of patches: given to a cover letter, it may not be for all. */
  readonly part: boolean;
}

const CONTINUED = /^(?:\s*>)*\s*<[^<>\s]+>/;
const SIGNATURE = /^--$/;

// "For patches 1-3:", "# patch 2", "for 1/8", in the lines above or behind a tag; not in what is quoted.
const PART = /^(?!\s*>).*(?:\bpatch(?:es)?\b\D{0,12}\d|\bfor\s+#?\d|\b\d+\/\d+\b)/i;
const WORDS_ABOVE = 3;

/** Finds tags in the text of a mail, above its signature. Takes any text. */
export const findTags = (text: string): GivenTag[] => {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const end = lines.findIndex((line) => SIGNATURE.test(line));
  return (end === -1 ? lines : lines.slice(0, end)).flatMap((line, at, all) => {
    const found = tagNames(line.slice(0, 1000));
    if (!found) return [];
    const { rest, quoted, loose } = found;
    const next = all[at + 1] ?? '';
    const whole =
      !rest.includes('<') && CONTINUED.test(next) ? `${rest} ${next.replace(/^[\s>]*(?=<)/, '')}` : rest;
    const value = readValue(whole);
    // Without an address it is most likely prose.
    if (loose && value.address === null) return [];
    const part = [...all.slice(Math.max(0, at - WORDS_ABOVE), at), whole].some((words) => PART.test(words));
    return found.keys.map((key) => ({ key, ...value, quoted, loose, part }));
  });
};

// Mail programs make links of addresses: a@example.org<mailto:a@example.org>.
const readValue = (text: string): Pick<GivenTag, 'value' | 'address'> => {
  const [named = '', ...note] = text.replace(/<mailto:[^<>]*>/gi, '').split(/\s+#/);
  const person = parseMailbox(named.replace(/>+\s*$/, '>'));
  const remark = note.length > 0 ? ` #${note.join(' #')}` : '';
  if (!person) return { value: clean(text), address: null };
  const who = person.name === '' ? person.address : `${person.name} <${person.address}>`;
  return { value: `${who}${remark && ` ${clean(remark)}`}`, address: person.address };
};
