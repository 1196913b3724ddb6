// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { liftTrailers } from './lift.js';

const MINE = 'Signed-off-by: J Doe <j@example.org>';
const YOURS = 'Reviewed-by: R Roe <r@example.org>';

it.each([
  ['behind a changelog', 'Why.\n', `v2:\n - more\n\n${MINE}\n`, `Why.\n\n${MINE}\n`, 'v2:\n - more'],
  [
    'behind a line that looks like one',
    'Why.\n',
    `v2: new patch\n${MINE}`,
    `Why.\n\n${MINE}\n`,
    'v2: new patch',
  ],
  ['to others', `Why.\n\n${YOURS}\n`, `v2: x\n\n${MINE}\n`, `Why.\n\n${YOURS}\n${MINE}\n`, 'v2: x'],
  ['several', 'Why.\n', `x\n\n${YOURS}\n${MINE}`, `Why.\n\n${YOURS}\n${MINE}\n`, 'x'],
  ['one that is there', `Why.\n\n${MINE}\n`, `x\n\n${MINE}`, `Why.\n\n${MINE}\n`, 'x'],
  ['below a bare line', 'Why.\n', MINE, `Why.\n\n${MINE}\n`, ''],
  ['of a patch that says nothing', '', `x\n\n${MINE}`, `${MINE}\n`, 'x'],
])('lifts a sign-off %s', (_, message, notes, said, left) => {
  expect(liftTrailers({ message, notes })).toEqual({ message: said, notes: left });
});

it.each([
  ['no notes', null],
  ['notes without one', 'v2: new patch\n'],
  ['recipients, which are not for the history', 'x\n\nCc: J Doe <j@example.org>'],
  ['what is said of one', `${MINE}\nis what is missing`],
  ['a sentence', 'Found-by: chance'],
])('leaves %s alone', (_, notes) => {
  expect(liftTrailers({ message: 'Why.\n', notes })).toEqual({ message: 'Why.\n', notes });
});
