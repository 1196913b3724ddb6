// SPDX-License-Identifier: MIT

/** What the subject of a mail on a kernel list says. */
export interface Subject {
  /** Something in brackets says PATCH. */
  readonly patch: boolean;
  /** `Re:`, `Fwd:` and their like in other languages. */
  readonly reply: boolean;
  /** 2 for v2; 1 where it says nothing. */
  readonly version: number;
  readonly rfc: boolean;
  readonly resend: boolean;
  /** `3` and `8` of `3/8`; null where there is none. */
  readonly number: number | null;
  readonly total: number | null;
  /** What is left of the brackets: `net-next`, a list's name. */
  readonly tags: readonly string[];
  /** Without replies and brackets, on one line. */
  readonly bare: string;
}

const REPLY = /^(?:re|fwd?|aw|antw|sv|vs|rif|tr)(?:\[\d+\])?\s*:\s*/i;
const BRACKET = /^\[([^[\]]*)\][\s:]*/;
const MAX_NUMBER = 9999;

type Found = { -readonly [K in keyof Omit<Subject, 'bare' | 'tags'>]: Subject[K] } & { tags: string[] };

// One row for each kind of word in the brackets; the first that fits has it.
const WORDS: readonly (readonly [RegExp, (found: Found, match: RegExpExecArray) => unknown])[] = [
  [
    /^(?:patch(?:es|set)?)?v(\d{1,4})$/i,
    (found, [word, version]) => {
      found.version = Number(version);
      if (/^p/i.test(word)) found.patch = true;
    },
  ],
  [
    /^(\d{1,4})\/(\d{1,4})$/,
    (found, [, number, total]) => {
      if (Number(total) < 1 || Number(number) > Number(total)) return;
      found.number = Math.min(Number(number), MAX_NUMBER);
      found.total = Number(total);
    },
  ],
  [/^patch(?:es|set)?$/i, (found) => Object.assign(found, { patch: true })],
  [/^rfc$/i, (found) => Object.assign(found, { rfc: true })],
  [/^(?:resend|repost)$/i, (found) => Object.assign(found, { resend: true })],
  [/./, (found, { input }) => found.tags.push(input)],
];

/**
 * Reads a subject, in whatever order and case people write its brackets: `[RFC PATCH net-next v2 3/8]`,
 * `[Buildroot] [PATCH 01/11]`, `[Patch]:`. Takes any text.
 *
 * @param subject decoded
 */
export const parseSubject = (subject: string): Subject => {
  const found: Found = {
    patch: false,
    reply: false,
    version: 1,
    rfc: false,
    resend: false,
    number: null,
    total: null,
    tags: [],
  };
  let rest = subject.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  for (;;) {
    const reply = REPLY.exec(rest);
    const bracket = BRACKET.exec(rest);
    if (reply) found.reply = true;
    else if (bracket) for (const word of (bracket[1] ?? '').split(/[\s,]+/)) takeWord(found, word);
    const taken = reply?.[0] ?? bracket?.[0] ?? /^:\s*/.exec(rest)?.[0];
    if (!taken) return { ...found, bare: rest.trim() };
    rest = rest.slice(taken.length);
  }
};

const takeWord = (found: Found, word: string): void => {
  for (const part of word.split(/\/(?=[a-z])/i)) // PATCH/RFC
    for (const [pattern, take] of WORDS) {
      const match = pattern.exec(part);
      if (!match) continue;
      take(found, match);
      break;
    }
};
