// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { parseRecord } from './records.js';

describe('parseRecord', () => {
  it('takes an object with a type', () => {
    expect(parseRecord('{"type":"ready","seconds":2.5}')).toEqual({ type: 'ready', seconds: 2.5 });
  });

  it.each(['', 'null', '7', '[]', '"ready"', '{}', '{"type":1}', '{"type":', '\u0000'])(
    'refuses %j',
    (line) => {
      expect(parseRecord(line)).toBeNull();
    },
  );
});
