// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { backportMessage } from './message.js';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const remarks = {
  line: '6.12',
  commit: COMMIT,
  mention: 'commit',
  needed: [],
  adjusted: null,
  by: 'jane@kernel.org',
} as const;

it('names the commit above the text, and the tree below it', () => {
  expect(backportMessage('Why.\n\nSigned-off-by: A <a@b.org>\n', remarks)).toBe(
    `commit ${COMMIT} upstream.\n\nWhy.\n\nSigned-off-by: A <a@b.org>\nCc: <stable@vger.kernel.org> # 6.12.x`,
  );
});

it('names it in brackets, too', () => {
  expect(backportMessage('Why.', { ...remarks, mention: 'brackets' })).toMatch(
    `[ Upstream commit ${COMMIT} ]\n\nWhy.\n\nCc:`,
  );
});

it.each(['stable@vger.kernel.org', '<stable@vger.kernel.org> # 5.10+', 'Stable <stable@kernel.org>'])(
  'lets a tag be that is there: Cc: %s',
  (value) => {
    const message = `Why.\n\nCc: ${value}\nSigned-off-by: A <a@b.org>`;
    expect(backportMessage(message, remarks)).toBe(`commit ${COMMIT} upstream.\n\n${message}`);
  },
);

it('lists what has to be there first, in order, before itself', () => {
  const needed = [
    { commit: 'a'.repeat(40), subject: 'one: first' },
    { commit: 'b'.repeat(40), subject: 'two: second' },
  ];
  const lines = backportMessage('Why.\n\nCc: stable@vger.kernel.org', { ...remarks, needed }).split('\n');
  expect(lines.slice(-3)).toEqual([
    `Cc: <stable@vger.kernel.org> # 6.12.x: ${'a'.repeat(12)}: one: first`,
    `Cc: <stable@vger.kernel.org> # 6.12.x: ${'b'.repeat(12)}: two: second`,
    'Cc: <stable@vger.kernel.org> # 6.12.x',
  ]);
});

it('says in brackets, last of all, who adjusted what, and signs nothing off', () => {
  const adjusted = 'the lock is a mutex there and what it protects is called otherwise, and so on and on';
  const message = backportMessage('Why.\n\nSigned-off-by: A <a@b.org>', { ...remarks, adjusted });
  const lines = message.split('\n');
  expect(lines.at(-1)).toMatch(/\]$/);
  expect(message.slice(message.indexOf('[jane')).replaceAll('\n', ' ')).toBe(
    `[jane@kernel.org: ${adjusted}]`,
  );
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(75);
  expect(message.match(/Signed-off-by/g)).toHaveLength(1);
});
