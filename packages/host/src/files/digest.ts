// SPDX-License-Identifier: MIT
import { createHash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The SHA-256 of a file, in hex. Reads it as a stream. */
export const fileDigest = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

/**
 * A content key: the SHA-256, in hex, of a value's JSON with sorted object keys, so that equal
 * values have equal keys however they were put together.
 */
export const contentKey = (value: unknown): string => keyOf(value, JSON.stringify);

/**
 * {@link contentKey} for very many values that have long texts in common: each of those is written as
 * JSON once, and kept for as long as this is.
 */
export const openContentKey = (): ((value: unknown) => string) => {
  const quoted = new Map<string, string>();
  const quote = (text: string): string => {
    if (PLAIN.test(text)) return `"${text}"`;
    const known = text.length < LONG ? undefined : (quoted.get(text) ?? JSON.stringify(text));
    if (known === undefined) return JSON.stringify(text);
    quoted.set(text, known);
    return known;
  };
  return (value) => keyOf(value, quote);
};

/** A value that many values have in common, written as JSON once; {@link contentKey} takes it for the value itself. */
export class Written {
  readonly text: string;
  constructor(value: unknown) {
    this.text = canonical(value, JSON.stringify) ?? 'null';
  }
}

// What JSON writes as it is: names, verdicts, digests.
const PLAIN = /^[\w./-]{0,80}$/;

// Shorter ones are written sooner than found.
const LONG = 256;

type Quote = (text: string) => string;

const keyOf = (value: unknown, quote: Quote): string => hash('sha256', canonical(value, quote) ?? '');

/** JSON as JSON.stringify() writes it, but for the order of keys; undefined for what JSON leaves out. */
const canonical = (value: unknown, quote: Quote): string | undefined => {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one, quote) ?? 'null').join(',')}]`;
  if (value instanceof Written) return value.text;
  if (value === null || typeof value !== 'object' || 'toJSON' in value) return JSON.stringify(value);
  const fields = value as Readonly<Record<string, unknown>>;
  let written = '';
  for (const name of Object.keys(fields).sort()) {
    const text = canonical(fields[name], quote);
    if (text !== undefined) written += `${written && ','}${quote(name)}:${text}`;
  }
  return `{${written}}`;
};
