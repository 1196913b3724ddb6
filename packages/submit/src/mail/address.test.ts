// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { headerMailbox } from './address.js';

it.each(['x\nBcc: e@x.org', 'x\r\nBcc: e@x.org', 'ü\nBcc: e@x.org'])(
  'a name begins no other header: %j',
  (name) => {
    expect(headerMailbox({ name, address: 'a@b.org' })).not.toMatch(/\n(?! )/);
  },
);
