// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROPERTY } from '../../testing/property.js';
import { parseSubject } from './subject.js';

const PLAIN = {
  patch: false,
  reply: false,
  version: 1,
  rfc: false,
  resend: false,
  number: null,
  total: null,
  tags: [],
  bare: '',
};

it.each([
  ['[PATCH] uio: x', { patch: true, bare: 'uio: x' }],
  ['[PATCH V2 1/4] PM / OPP: x', { patch: true, version: 2, number: 1, total: 4, bare: 'PM / OPP: x' }],
  ['Re: [PATCH v3 0/2] a', { patch: true, reply: true, version: 3, number: 0, total: 2, bare: 'a' }],
  [
    '[RFC PATCH net-next 2/3] a',
    { patch: true, rfc: true, number: 2, total: 3, tags: ['net-next'], bare: 'a' },
  ],
  ['[PATCH/RFC v2] a', { patch: true, rfc: true, version: 2, bare: 'a' }],
  ['[PATCHv2 1/2] a', { patch: true, version: 2, number: 1, total: 2, bare: 'a' }],
  ['[RESEND PATCH v2] a', { patch: true, resend: true, version: 2, bare: 'a' }],
  ['[PATCH RESEND] a', { patch: true, resend: true, bare: 'a' }],
  ['[Buildroot] [PATCH 01/11] a', { patch: true, number: 1, total: 11, tags: ['Buildroot'], bare: 'a' }],
  ['[Patch]: Fix it', { patch: true, bare: 'Fix it' }],
  ['AW: Re: [PATCH]  a\n b', { patch: true, reply: true, bare: 'a b' }],
  ['[PATCH 5/3] a', { patch: true, bare: 'a' }],
  ['[PATCH] a\u001b[2J\u0000b', { patch: true, bare: 'a [2J b' }],
  ['Fix [x] it', { bare: 'Fix [x] it' }],
  ['', {}],
])('reads %j', (subject, expected) => {
  expect(parseSubject(subject)).toEqual({ ...PLAIN, ...expected });
});

it('takes anything, and comes to an end', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('[', ']', ':', 'Re', ' ', '1', '/', 'PATCH', 'v'), maxLength: 60 }),
      (text) => {
        expect(parseSubject(text).bare.length).toBeLessThanOrEqual(text.length);
      },
    ),
    PROPERTY,
  );
});
