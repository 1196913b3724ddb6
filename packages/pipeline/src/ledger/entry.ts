// SPDX-License-Identifier: MIT
import { hash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { contentKey } from '@uio-msi/host';
import type { StageResult } from '@uio-msi/model';

/** What came of a stage, without what it found. */
export type Brief = Pick<StageResult, 'stage' | 'verdict' | 'reason' | 'seconds' | 'outputs'>;

interface Head {
  readonly version: 2;
  readonly brief: Brief;
  /** Of the line behind it. */
  readonly digest: string;
}

const digestOf = (text: string): string => hash('sha256', text);

/**
 * A result as the text of a file. The first line is short and tells what came of it, the second has
 * all of it; each can be told from a damaged one, so that whoever only looks reads only the first. Pure.
 */
export const entryText = (result: StageResult): string => {
  const { stage, verdict, reason, seconds, outputs } = result;
  const whole = JSON.stringify(result);
  const brief: Brief = { stage, verdict, reason, seconds, outputs };
  const head = JSON.stringify({ version: 2, brief, digest: digestOf(whole) } satisfies Head);
  return `${digestOf(head)} ${head}\n${whole}\n`;
};

/** The result that a file's text has; null when it is damaged. Pure. */
export const parseEntry = (text: string): StageResult | null => {
  if (text.startsWith('{')) return parseFirst(text);
  const [first = '', whole = ''] = text.split('\n');
  return parseHead(first)?.digest === digestOf(whole) ? (JSON.parse(whole) as StageResult) : null;
};

const parseHead = (line: string): Head | null => {
  const at = line.indexOf(' ');
  const text = line.slice(at + 1);
  return at > 0 && line.slice(0, at) === digestOf(text) ? (JSON.parse(text) as Head) : null;
};

// Entries of version 1 are one line: what took hours to build is not built again for a form.
const parseFirst = (text: string): StageResult | null => {
  try {
    const { version, digest, result } = JSON.parse(text) as {
      readonly version?: number;
      readonly digest?: string;
      readonly result?: StageResult;
    };
    return version === 1 && result !== undefined && contentKey(result) === digest ? result : null;
  } catch {
    return null;
  }
};

// Most first lines are a tenth of it.
const BLOCK = 4096;

/**
 * Gives what the first line of an entry's file says; null when the file is not there or damaged. Thousands
 * are asked for at once, each small and most in the page cache: to wait for each in turn would take ten
 * times as long as to read it, and they are read into one piece of memory.
 */
export const openBriefs = (): ((path: string) => Brief | null) => {
  const block = Buffer.allocUnsafe(BLOCK);
  return (path) => {
    try {
      const begin = block.subarray(0, readBegin(path, block));
      const end = begin[0] === BRACE ? -1 : begin.indexOf('\n');
      if (end >= 0) return parseHead(begin.toString('utf8', 0, end))?.brief ?? null;
      return parseEntry(readFileSync(path, 'utf8'));
    } catch {
      return null; // removed meanwhile
    }
  };
};

const BRACE = 0x7b;

const readBegin = (path: string, block: Buffer): number => {
  const file = openSync(path, 'r');
  try {
    return readSync(file, block);
  } finally {
    closeSync(file);
  }
};
