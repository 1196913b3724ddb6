// SPDX-License-Identifier: MIT

import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileReach } from './bounds.js';
import { loadProvoker } from './load-provoker.js';
import { NoProvoker, readProvoker } from './read-provoker.js';

const GOOD = `provoker: 1
name: board
match: ['1234:5678']
vectors: 8
bars: { 0: 0x1000 }
setup:
  - write: 0x10
    value: 1
raise:
  - write: 0x20
    value: vec
`;

const with_ = (from: string, to: string): string => {
  expect(GOOD).toContain(from);
  return GOOD.replace(from, to);
};

const problemsOf = (source: string): string => {
  try {
    readProvoker(source, 'f');
  } catch (error) {
    if (error instanceof NoProvoker) return error.message;
    throw error;
  }
  return '';
};

describe('readProvoker', () => {
  it('reads what is right', () => {
    expect(readProvoker(GOOD, 'f')).toEqual({
      name: 'board',
      match: ['1234:5678'],
      vectors: 8,
      line: false,
      text: GOOD,
      bars: { 0: 0x1000 },
      setup: [{ kind: 'write', bar: 0, width: 32, offset: '0x10', value: '1', mask: null }],
      raise: [{ kind: 'write', bar: 0, width: 32, offset: '0x20', value: 'vec', mask: null }],
      acknowledge: [],
      quiesce: [],
    });
  });

  it('reads JSON, too', () => {
    const { name } = readProvoker(
      '{"provoker": 1, "name": "b", "match": ["1234:5678"], "vectors": 1, "bars": {"0": 4}, "raise": [{"write": 0, "value": 1}]}',
      'f',
    );
    expect(name).toBe('b');
  });

  it('holds against its bounds what it knows of a step, whatever the device says of the rest', () => {
    const head =
      "provoker: 1\nname: b\nmatch: ['1234:5678']\nvectors: 2\nbars: { 0: 0x100 }\nraise:\n  - read: 0\n    as: said\n";
    const step = (write: string, value: string, mask = '') =>
      `${head}  - write: ${write}\n    value: ${value}\n${mask === '' ? '' : `    mask: ${mask}\n`}`;
    expect(problemsOf(step('0x1000', 'said'))).toContain(
      'f:9: raise[1].write: offset 0x1000 is 0x1000: expected one inside',
    );
    expect(problemsOf(step('said', '1 << 32'))).toContain(
      'f:10: raise[1].value: 1 << 32 is 4294967296: it does not fit',
    );
    expect(problemsOf(step('4 * vec', '8', 'said'))).toBe('');
    expect(problemsOf(step('said', '8', '7'))).toContain('value 0x8 has bits outside the mask 0x7');
  });

  it('tells each mistake once, from the first line to the last', () => {
    const lines = problemsOf(
      'raise: { write: 0 }\nmatch: 1\nname: B\nprovoker: 1\nvectors: 0\nbars: {}\n',
    ).split('\n');
    expect(new Set(lines).size).toBe(lines.length);
    const numbers = lines.map((line) => Number(line.split(':')[1]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers.at(-1)).toBe(5);
  });

  it.each([
    ['provoker: 1', 'provoker: 2', "f:1: provoker: expected 1, the version of this format, found '2'"],
    [
      'name: board',
      'name: Board!',
      "f:2: name: expected lower-case letters, digits and -, 31 at most, found 'Board!'",
    ],
    ['name: board\n', '', 'f:1: name is missing; expected a name for the device'],
    [
      "'1234:5678'",
      '1234:567',
      "f:3: match[0]: expected vendor:device in lower-case hexadecimal, as in 8086:10d3, found '1234:567'",
    ],
    ["['1234:5678']", '[]', 'f:3: match: expected a list of vendor:device, at least one, found a list'],
    ['vectors: 8', 'vectors: 2049', "f:4: vectors: expected a number of vectors, 1 to 2048, found '2049'"],
    ['vectors: 8', 'vectors: -1', "f:4: vectors: expected a number of vectors, 1 to 2048, found '-1'"],
    ['{ 0: 0x1000 }', '{ 6: 0x1000 }', "f:5: bars.6: expected a BAR, 0 to 5, found '6'"],
    ['{ 0: 0x1000 }', '{ 0: 0x1000, 2: 16 }', 'f:7: setup[0]: bar is missing; expected a BAR of bars: 0, 2'],
    ['  - write: 0x10', '  - wrte: 0x10', 'f:7: setup[0]: expected a step: one of write, read, wait, pause'],
    [
      '    value: 1',
      '    value: 1\n    delay: 3',
      'f:9: setup[0].delay: unknown; expected one of write, bar, width, value, mask',
    ],
    ['    value: 1', '    mask: 1', 'f:7: setup[0]: value is missing; expected a number or an expression'],
    [
      '    value: 1',
      '    value: [1]',
      'f:8: setup[0].value: expected a number or an expression, such as 1 << vec, found a list',
    ],
    ['    value: 1', '    value: vec', "f:8: setup[0].value: 'vec' has no value; none is known here"],
    ['    value: vec', '    value: vex', "f:11: raise[0].value: 'vex' has no value; known here: vec"],
    [
      '    value: vec',
      '    value: vec +',
      "f:11: raise[0].value: Expression 'vec +': expected a number, a name or '(', found its end",
    ],
    [
      '    value: vec',
      '    value: 1 << (25 + vec)',
      'f:11: raise[0].value: for vector 7: 1 << (25 + vec) is 4294967296: it does not fit a register of 32 bits',
    ],
    [
      '    value: vec',
      '    width: 8\n    value: 0x100',
      'f:12: raise[0].value: 0x100 is 256: it does not fit a register of 8 bits',
    ],
    [
      '    value: vec',
      '    value: vec\n    mask: 3',
      'f:11: raise[0].value: for vector 4: value 0x4 has bits outside the mask 0x3',
    ],
    ['    value: vec', '    value: 0 - 1', 'f:11: raise[0].value: 0 - 1 is -1: it does not fit'],
    [
      'write: 0x20',
      'write: 0x1000',
      'f:10: raise[0].write: for vector 0: offset 0x1000 is 0x1000: expected one inside BAR 0, of 4096 bytes',
    ],
    [
      'write: 0x20',
      'write: 0x20 - vec * 0x10',
      'f:10: raise[0].write: for vector 3: offset 0x20 - vec * 0x10 is -16: expected one inside BAR 0',
    ],
    [
      'write: 0x20',
      'write: 0x22',
      'f:10: raise[0].write: for vector 0: offset 0x22 is 0x22: expected a multiple of 4',
    ],
    [
      '    value: vec',
      '    value: vec\n  - pause: 101',
      "f:12: raise[1].pause: expected a number of milliseconds, 1 to 100, found '101'",
    ],
    [
      '    value: vec',
      '    value: vec\n  - wait: 0\n    value: 1',
      'f:12: raise[1]: within is missing; expected milliseconds, 1 to 5000',
    ],
    ['raise:', 'rise:', 'f:9: rise: unknown; expected one of provoker, name'],
    [
      'raise:\n  - write: 0x20\n    value: vec\n',
      'raise:\n',
      'f:9: raise: expected at least one step, found nothing',
    ],
    ['name: board', 'name: &a board', 'f:2: name: expected a plain value, without an anchor, alias or tag'],
    [
      'name: board',
      'name: !!str board',
      'f:2: name: expected a plain value, without an anchor, alias or tag',
    ],
    ['name: board', 'name: board\nname: b', 'f:3: Map keys must be unique'],
    ['vectors: 8', 'vectors: *x', 'f:4: '],
    ['    value: 1', '   value: 1\n  x', 'f:'],
    [GOOD, '', 'f:1: expected a provoker, found nothing'],
    [GOOD, 'just words', "f:1: expected a provoker, found 'just words'"],
    [GOOD, '[1, 2]', 'f:1: expected a provoker, found a list'],
  ])('refuses %j as %j', (from, to, message) => {
    expect(problemsOf(with_(from, to))).toContain(message);
  });

  it('tells of everything that is wrong, a line each', () => {
    const lines = problemsOf(with_('vectors: 8', 'vectors: none').replace('value: 1', 'value: zero')).split(
      '\n',
    );
    expect(lines).toHaveLength(2);
  });

  it('refuses what waits longer than a person would', () => {
    const waits = Array.from({ length: 3 }, () => '  - { wait: 0, value: 0, within: 2000 }\n').join('');
    expect(problemsOf(`${GOOD}${waits}`)).toBe('f:9: raise: waits 6000 ms in all, expected 5000 at most');
  });

  it.each([
    ['nested', '['.repeat(30_000)],
    ['nested in blocks', '- '.repeat(16_000)],
    ['many steps', `${GOOD}${'  - { write: 0, value: vec }\n'.repeat(1000)}`],
    ['a bomb', `${GOOD}x: &a [1,1,1]\ny: &b [*a,*a,*a]\nz: [*b,*b,*b]\n`],
    ['many documents', '---\na: 1\n'.repeat(3000)],
    ['zeros', '\0'.repeat(30_000)],
    ['prototype', with_('name: board', '__proto__: { name: x }')],
  ])('ends with a problem on a file that is hostile: %s', (_, source) => {
    expect(problemsOf(source)).toMatch(/^f:\d+: /);
  });

  it('lets no access through that is outside the BAR, off its alignment or too wide', () => {
    const number = fc.oneof(
      fc.integer({ min: -8, max: 0x120 }).map(String),
      fc.constantFrom('vec', '4 * vec', '1 << vec', 'vec - 1', '0xffffffff', '1 << 40'),
    );
    const step = fc.record({ write: number, value: number, width: fc.constantFrom(8, 16, 32) });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        (steps, vectors) => {
          const source = JSON.stringify({
            provoker: 1,
            name: 'p',
            match: ['1234:5678'],
            vectors,
            bars: { 0: 0x100 },
            raise: steps,
          });
          let file: ReturnType<typeof readProvoker>;
          try {
            file = readProvoker(source, 'f');
          } catch (error) {
            return error instanceof NoProvoker;
          }
          return file.raise.every((one) => {
            if (one.kind !== 'write') return false;
            const reach = compileReach(one, file.bars);
            return Array.from({ length: vectors }, (_, vec) => reach.compute({ vec })).every(
              ({ offset, value }) =>
                offset >= 0 &&
                offset + one.width / 8 <= 0x100 &&
                offset % (one.width / 8) === 0 &&
                value < 2 ** one.width,
            );
          });
        },
      ),
    );
  });
});

describe('loadProvoker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'uio-msi-provoker-'));

  it.each([
    ['/dev/zero', 'is no plain file'],
    [folder, 'is no plain file'],
    [join(folder, 'none'), 'ENOENT'],
  ])('refuses %s', (path, message) => {
    expect(() => loadProvoker(path)).toThrow(message);
  });

  it('refuses a file that is too large, or not text', () => {
    const path = join(folder, 'file');
    writeFileSync(path, Buffer.from([0x80, 0x81]));
    expect(() => loadProvoker(path)).toThrow('is not text in UTF-8');
    truncateSync(path, 2 ** 40);
    expect(() => loadProvoker(path)).toThrow('expected a provoker of 32768 at most');
  });
});
