// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CASES } from '../cases/table.js';
import { parseSpec } from './parse.js';

const clauses = parseSpec(readFileSync(new URL('../../SPEC.md', import.meta.url), 'utf8'));

describe('SPEC.md and the cases', () => {
  it('every clause has a case, or says why not', () => {
    const tested = new Set(CASES.flatMap((test) => test.clauses));
    const wrong = clauses.filter(({ id, untested }) => tested.has(id) === (untested !== null));
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('every case names clauses that exist', () => {
    const known = new Set(clauses.map(({ id }) => id));
    expect(
      CASES.flatMap(({ id, clauses: named }) => named.filter((c) => !known.has(c)).map((c) => `${id}: ${c}`)),
    ).toEqual([]);
    expect(CASES.filter((test) => test.clauses.length === 0)).toEqual([]);
  });

  it('case ids are unique and of the form group.name', () => {
    const ids = CASES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
  });

  it('has as many clauses as it has lines that name one', () => {
    expect(clauses.length).toBeGreaterThan(35);
  });
});

describe('parseSpec', () => {
  it('reads id and sentence', () => {
    expect(parseSpec('# x\n- **IRQ-01** It rings.\ntext')).toEqual([
      { id: 'IRQ-01', text: 'It rings.', untested: null },
    ]);
  });

  it('reads why no case tests a clause', () => {
    expect(parseSpec('- **A-01** It rings. _Not tested: no ears._')).toEqual([
      { id: 'A-01', text: 'It rings.', untested: 'no ears' },
    ]);
  });

  it('refuses a clause given twice', () => {
    expect(() => parseSpec('- **A-01** a\n- **A-01** b')).toThrow('A-01 is there twice');
  });

  it('refuses a line that is almost a clause', () => {
    expect(() => parseSpec('- IRQ-01 It rings.')).toThrow('not a clause');
  });
});
