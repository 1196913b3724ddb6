// SPDX-License-Identifier: MIT

/** One mail as it lies in a mailbox. */
export interface RawMail {
  /** Its place, from 0. */
  readonly at: number;
  /** Headers and body, without the mailbox's own "From " line. */
  readonly bytes: Buffer;
  /** It was longer than {@link MAX_MAIL}: this is its beginning. */
  readonly cut: boolean;
  /** Whether a "From " line stood before it: only then has the mailbox stuffed such lines. */
  readonly marked: boolean;
}

/** No mail is kept beyond this many bytes: twice what a patch may have (series/disk/read.ts). */
export const MAX_MAIL = 16 * 2 ** 20;

const LINE_END = 0x0a;
const RETURN = 0x0d;
const MARK = Buffer.from('From ');
const NEXT_MARK = Buffer.from('\nFrom ');

// A mark's line is a hundred bytes long, and so is the header line behind it.
const LOOK_AHEAD = 2000;

// What git takes for a mark (is_from_line() in mailsplit.c): a time and a year. A header must follow,
// or a stuffed line that was one.
const MARK_LINE = /^From [^\n]*\d:\d\d[^\n]* \d{4}[^\n]*\n(?:[\x21-\x39\x3b-\x7e]+:|>+From )/;

const isMark = (bytes: Buffer, at: number): boolean =>
  MARK_LINE.test(bytes.toString('latin1', at, at + LOOK_AHEAD).replace(/\r\n/g, '\n'));

/**
 * The mails of a mailbox (mboxo, mboxrd), or the one mail of a file that is none. Reads as it goes:
 * memory is bound by the longest mail, and that by {@link MAX_MAIL}.
 *
 * @param source the file in pieces, of any size
 */
export async function* splitMailbox(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<RawMail> {
  let at = 0;
  let gathered = new Gathered();
  let window = Buffer.alloc(0);
  function* search(final: boolean): Generator<RawMail> {
    for (let from = 0; ; ) {
      const found = window.indexOf(NEXT_MARK, from);
      if (found === -1 || (!final && window.length - found < LOOK_AHEAD)) {
        // Where it is undecided whether a mail begins, the next piece decides.
        const decided = found === -1 ? Math.max(0, window.length - NEXT_MARK.length) : found;
        gathered.add(window.subarray(0, final ? window.length : decided));
        window = window.subarray(decided);
        return;
      }
      from = found + 1;
      if (!isMark(window, from)) continue;
      gathered.add(window.subarray(0, from));
      yield* gathered.mail(at);
      if (!gathered.empty) at += 1;
      gathered = new Gathered();
      window = window.subarray(from);
      from = 0;
    }
  }
  for await (const piece of source) {
    window = Buffer.concat([window, piece]);
    yield* search(false);
  }
  yield* search(true);
  yield* gathered.mail(at);
}

// The mail that is being read.
class Gathered {
  readonly #pieces: Buffer[] = [];
  #length = 0;
  #cut = false;

  add(piece: Buffer): void {
    const room = MAX_MAIL - this.#length;
    if (piece.length > room) this.#cut = true;
    this.#pieces.push(piece.subarray(0, room));
    this.#length += Math.min(piece.length, room);
  }

  /** Nothing but line ends. */
  get empty(): boolean {
    return this.#pieces.every((piece) => piece.every((byte) => byte === LINE_END || byte === RETURN));
  }

  *mail(at: number): Generator<RawMail> {
    if (this.empty) return;
    const whole = Buffer.concat(this.#pieces);
    // The first line of a file may be a mark that git would not know; it is no header in any case.
    const marked = MARK.equals(whole.subarray(0, MARK.length));
    const bytes = marked ? whole.subarray(whole.indexOf(LINE_END) + 1 || whole.length) : whole;
    yield { at, bytes, cut: this.#cut, marked };
  }
}
