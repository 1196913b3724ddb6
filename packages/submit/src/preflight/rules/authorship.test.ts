// SPDX-License-Identifier: MIT
import { parsePatchFile } from '@uio-msi/series';
import { describe, expect, it } from 'vitest';
import { adds, broken, MAINTAINER, type PatchOptions, patchText } from '../../../testing/revision.js';
import { authorship } from './authorship.js';

const JANE = 'Signed-off-by: Jane Roe <jane@kernelhackers.dev>';
const OTTO = 'Otto Author <otto@kernelhackers.dev>';
const author = { name: 'Otto Author', address: 'otto@kernelhackers.dev' };
const signed = [`Signed-off-by: ${OTTO}`, JANE];

it('lets through what author and co-developers have signed', async () => {
  expect(await broken(authorship)).toEqual([]);
  expect(await broken(authorship, { patches: [{ author, trailers: signed }] })).toEqual([]);
  const both = [`Co-developed-by: ${OTTO}`, `Signed-off-by: ${OTTO}`, JANE];
  expect(await broken(authorship, { patches: [{ trailers: both }] })).toEqual([]);
});

it.each([
  [[JANE], author, `${OTTO} wrote it and has not signed it off`],
  [
    ['Signed-off-by: J. Roe <jane@kernelhackers.dev>'],
    MAINTAINER,
    'Jane Roe <jane@kernelhackers.dev> wrote it and signs as J. Roe',
  ],
  [
    [`Co-developed-by: ${OTTO}`, JANE],
    MAINTAINER,
    `Co-developed-by ${OTTO} is not followed by that person's Signed-off-by`,
  ],
  [
    [JANE, `Co-developed-by: ${OTTO}`],
    MAINTAINER,
    `Co-developed-by ${OTTO} is not followed by that person's Signed-off-by`,
  ],
  [
    ['Co-developed-by: Jane Roe <jane@kernelhackers.dev>', JANE],
    MAINTAINER,
    'Jane Roe <jane@kernelhackers.dev> is both author and co-developer',
  ],
])('judges %j', async (trailers, writer, what) => {
  expect(await broken(authorship, { patches: [{ trailers, author: writer }] })).toEqual([
    `0001.patch: ${what}`,
  ]);
});

describe('what somebody else posted', async () => {
  const posted = await parsePatchFile(
    'v1.mbox#1',
    patchText({ author, trailers: [`Signed-off-by: ${OTTO}`] }),
  );
  const earlier = [{ number: 1, sent: null, messageIds: [], cover: null, recipients: [], patches: [posted] }];
  const judge = (patch: PatchOptions) => broken(authorship, { number: 2, patches: [patch] }, { earlier });

  it('stays theirs', async () => {
    expect(await judge({ author, trailers: signed })).toEqual([]);
    expect(await judge({})).toEqual([`0001.patch: ${OTTO} wrote it when it was posted before`]);
  });

  it('is changed with a word about who changed what', async () => {
    const diff = adds('drivers/uio/uio.c', '\tmutex_lock(&minor_lock);');
    expect(await judge({ author, trailers: signed, diff })).toEqual([
      `0001.patch: it is no longer what ${OTTO} posted, and nothing in brackets says who changed what`,
    ]);
    const told = [
      `Signed-off-by: ${OTTO}`,
      '[jane@kernelhackers.dev: ported to 7.2,',
      ' another lock]',
      JANE,
    ];
    expect(await judge({ author, trailers: told, diff })).toEqual([]);
  });
});
