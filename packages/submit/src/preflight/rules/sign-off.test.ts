// SPDX-License-Identifier: MIT
import { parsePatchFile } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { broken, MAINTAINER, patchText } from '../../../testing/revision.js';
import { signOff } from './sign-off.js';

const JANE = 'Signed-off-by: Jane Roe <jane@kernelhackers.dev>';
const OTTO = 'Signed-off-by: Otto Author <otto@kernelhackers.dev>';
const OTHER = { name: 'Otto Author', address: 'otto@kernelhackers.dev' };
const judge = (trailers: string[], author = MAINTAINER) =>
  broken(signOff, { patches: [{ trailers, author }] });

it("lets the sender's through, behind those of author and co-developers", async () => {
  expect(await judge([JANE])).toEqual([]);
  expect(await judge([OTTO, JANE], OTHER)).toEqual([]);
  expect(await judge(['Co-developed-by: Otto Author <otto@kernelhackers.dev>', OTTO, JANE])).toEqual([]);
  expect(await judge([JANE.toUpperCase().replace('SIGNED-OFF-BY', 'Signed-off-by')])).toEqual([]);
});

it('finds a patch without one', async () => {
  const none = ['0001.patch: nobody has signed it off'];
  expect(await judge([])).toEqual(none);
  expect(await judge(['Reviewed-by: Jane Roe <jane@kernelhackers.dev>'])).toEqual(none);
});

it('finds another one behind it', async () => {
  expect(await judge([JANE, OTTO], OTHER)).toEqual([
    '0001.patch: the last sign-off is that of Otto Author <otto@kernelhackers.dev>, and Jane Roe <jane@kernelhackers.dev> sends it',
  ]);
});

it("finds somebody else's", async () => {
  expect(await judge([OTTO, JANE])).toEqual([
    '0001.patch: Otto Author <otto@kernelhackers.dev> signs it off, and is not its author, a co-developer or its sender',
  ]);
});

it('keeps those with which it was posted', async () => {
  const patches = [await parsePatchFile('v1.mbox#1', patchText({ trailers: [OTTO, JANE] }))];
  const earlier = [{ number: 1, sent: null, messageIds: [], cover: null, recipients: [], patches }];
  expect(await broken(signOff, { number: 2, patches: [{ trailers: [OTTO, JANE] }] }, { earlier })).toEqual(
    [],
  );
});
