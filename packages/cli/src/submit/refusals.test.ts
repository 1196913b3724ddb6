// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { refusals } from './refusals.js';

it('says of each address once what was not taken, and of how many mails', () => {
  expect(refusals(['a@x.org: 550 no', 'b@x.org: 450 later', 'a@x.org: 550 no'])).toEqual([
    'not taken for a@x.org: 550 no (2 mails)',
    'not taken for b@x.org: 450 later',
  ]);
});
