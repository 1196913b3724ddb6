// SPDX-License-Identifier: MIT
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSeries } from '@uio-msi/series';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailbox, reply } from '../../testing/mails.js';
import { formatPatch, makeFolder, makeRepository } from '../../testing/repository.js';
import { importSeries } from '../import/import.js';
import { applyTrailers } from './apply.js';
import { collectTrailers } from './collect.js';
import { withTrailers } from './insert.js';
import { findTags } from './tags.js';

const R = 'R Viewer <r@example.org>';

let dir: string;
let remove: () => void;
let folder: string;
let mails: string[];
let ids: string[];
beforeEach(async () => {
  ({ dir, remove } = makeFolder());
  const source = join(dir, 'source');
  mkdirSync(source);
  makeRepository(source, [
    { files: { a: '1\n' }, message: 'base' },
    {
      files: { a: '2\n' },
      message: 'a: first\n\nWhy.\n\nAcked-by: Old <old@example.org>\nSigned-off-by: A <a@example.org>\n',
    },
    { files: { b: '3\n' }, message: 'b: second' },
  ]);
  mails = formatPatch(source, '--thread=shallow', '--cover-letter').map((mail) =>
    mail.replace('*** SUBJECT HERE ***', 'the cover'),
  );
  ids = mails.map((mail) => /^Message-Id: <(.*)>$/m.exec(mail)?.[1] ?? '');
  writeFileSync(join(dir, 'in.mbox'), mailbox(mails));
  ({ dir: folder } = await importSeries({
    mailbox: join(dir, 'in.mbox'),
    into: join(dir, 'patches'),
    name: 'x',
    base: '7.2',
    revision: null,
    message: null,
    partial: false,
    dryRun: false,
  }));
  edit('series.yaml', 'revision: 1', 'revision: 2');
});
afterEach(() => remove());

const FIRST = '0001-a-first.patch';
const SECOND = '0002-b-second.patch';

const edit = (file: string, from: string, to: string) =>
  writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(from, to));

const collect = async (...replies: string[]) => {
  writeFileSync(join(dir, 'thread.mbox'), mailbox([...replies, ...mails]));
  return collectTrailers(await loadSeries(folder), join(dir, 'thread.mbox'));
};

const answer = (n: number, body: string, from = R, id = 'r1') => reply(id, ids[n] ?? '', 'x', from, body);

const rows = (found: Awaited<ReturnType<typeof collect>>) =>
  found.map(({ key, patch, status, doubts }) => [key, patch, status, ...doubts]);

it('puts what is given to a patch into it, above the last sign-off', async () => {
  const found = await collect(answer(1, `> code\nFine.\n\nReviewed-by: ${R}\nTested-by: ${R} # on x\n`));
  expect(rows(found)).toEqual([
    ['Reviewed-by', FIRST, 'add'],
    ['Tested-by', FIRST, 'add'],
  ]);
  expect(await applyTrailers(await loadSeries(folder), found)).toEqual([FIRST]);
  const [first, second] = (await loadSeries(folder)).patches;
  expect(first?.message).toBe(
    `Why.\n\nAcked-by: Old <old@example.org>\nReviewed-by: ${R}\nTested-by: ${R} # on x\nSigned-off-by: A <a@example.org>`,
  );
  expect(second?.trailers).toEqual([]);
  expect(rows(await collect(answer(1, `Reviewed-by: ${R}`)))).toEqual([['Reviewed-by', FIRST, 'have']]);
});

it('puts what is given to the cover letter into all patches', async () => {
  const found = await collect(answer(0, `For the series:\nAcked-by: ${R}`));
  expect(rows(found)).toEqual([
    ['Acked-by', FIRST, 'add'],
    ['Acked-by', SECOND, 'add'],
  ]);
  await applyTrailers(await loadSeries(folder), found);
  expect((await loadSeries(folder)).patches[1]).toMatchObject({ message: `Acked-by: ${R}` });
});

it('finds the patch by way of other answers', async () => {
  const chain = reply('r2', 'r1', 'x', 'T Ester <t@example.org>', 'Tested-by: T Ester <t@example.org>');
  expect(rows(await collect(chain, answer(2, 'What about x?')))).toEqual([['Tested-by', SECOND, 'add']]);
});

it('drops what was given to a patch that is another one since, and says so', async () => {
  edit(FIRST, '\n+2\n', '\n+4\n');
  const found = await collect(answer(1, `Reviewed-by: ${R}`));
  expect(rows(found)).toEqual([['Reviewed-by', FIRST, 'changed']]);
  await applyTrailers(await loadSeries(folder), found);
  const [first] = (await loadSeries(folder)).patches;
  expect(first?.trailers.map(({ key }) => key)).not.toContain('Reviewed-by');
  expect(first?.notes).toContain('v2:\n - drop Reviewed-by of R Viewer, given to v1');
  expect(await applyTrailers(await loadSeries(folder), found)).toEqual([]);
});

it('says nothing in public of a doubtful tag for a patch that is another one since', async () => {
  edit(FIRST, '\n+2\n', '\n+4\n');
  const found = await collect(answer(1, `> Reviewed-by: ${R}`));
  expect(found).toMatchObject([{ status: 'changed', doubts: expect.arrayContaining(['quoted']) }]);
  expect(await applyTrailers(await loadSeries(folder), found)).toEqual([]);
});

it('keeps what was given to a patch of which only the message is another', async () => {
  edit(FIRST, 'Why.', 'Why, better.');
  expect(rows(await collect(answer(1, `Reviewed-by: ${R}`)))).toEqual([['Reviewed-by', FIRST, 'add']]);
});

describe('leaves to a person', () => {
  it.each([
    ['another address', `Reviewed-by: R Viewer <r@other.example>`, 'address'],
    ['a quoted line', `> Reviewed-by: ${R}`, 'quoted'],
    ['no address', 'Reviewed-by: me', 'no-address'],
    ['a space for the hyphen', `Reviewed by: ${R}`, 'spelling'],
    ['a space before the colon', `Reviewed-by : ${R}`, 'spelling'],
    ['letters that changed places', `Reveiwed-by: ${R}`, 'spelling'],
    ['a letter too few', `Reviwed-by: ${R}`, 'spelling'],
    ['bold', `*Reviewed-by:* ${R}`, 'spelling'],
    ['a bullet', `* Reviewed-by: ${R}`, 'spelling'],
    ['a sentence around it', `You can add my Reviewed-by: ${R}`, 'spelling'],
  ])('a tag with %s', async (_, body, doubt) => {
    const found = await collect(answer(1, body));
    expect(rows(found)).toEqual([['Reviewed-by', FIRST, 'ask', doubt]]);
    expect(await applyTrailers(await loadSeries(folder), found)).toEqual([]);
  });

  it('what was given to the cover letter and is for some patches', async () => {
    for (const body of [
      `For patches 1 and 2:\n\nReviewed-by: ${R}`,
      `Reviewed-by: ${R} # patch 1`,
      `Reviewed-by: ${R} # for 1/2`,
    ]) {
      const found = await collect(answer(0, body));
      expect(rows(found), body).toEqual([
        ['Reviewed-by', FIRST, 'ask', 'some-patches'],
        ['Reviewed-by', SECOND, 'ask', 'some-patches'],
      ]);
    }
    expect(rows(await collect(answer(1, `For patch 1:\nReviewed-by: ${R}`)))).toEqual([
      ['Reviewed-by', FIRST, 'add'],
    ]);
  });

  it('what an answer that lost its references gives', async () => {
    const lost = answer(1, `Reviewed-by: ${R}`)
      .replace(/^Subject: .*$/m, 'Subject: RE: [PATCH 1/2] a: first')
      .replace(/^(?:In-Reply-To|References): .*\n/gm, '');
    expect(rows(await collect(lost))).toEqual([['Reviewed-by', FIRST, 'ask', 'by-subject']]);
  });

  it('a report, for robots ask for that tag in another patch', async () => {
    const found = await collect(answer(1, `Reported-by: ${R}`));
    expect(rows(found)).toEqual([['Reported-by', FIRST, 'ask', 'report']]);
  });

  it('but not a quotation of what was given', async () => {
    const found = await collect(
      answer(1, `Reviewed-by: ${R}`),
      answer(1, `> Reviewed-by: ${R}\n> Acked-by: Old <old@example.org>\nThanks`, 'A <a@example.org>', 'r2'),
    );
    expect(rows(found)).toEqual([['Reviewed-by', FIRST, 'add']]);
  });
});

it('takes no sign-off from anybody, nothing from signatures, and nothing of other threads', async () => {
  expect(
    await collect(answer(1, `Signed-off-by: ${R}\nCo-developed-by: ${R}\n-- \nReviewed-by: ${R}`)),
  ).toEqual([]);
  const other = reply('r9', 'other', 'x', R, `Reviewed-by: ${R}`);
  expect(rows(await collect(other))).toEqual([['Reviewed-by', null, 'elsewhere']]);
});

it('takes two tags in one for what they are', async () => {
  const found = await collect(answer(1, `Reviewed-and-tested-by: ${R}`));
  expect(rows(found)).toEqual([
    ['Reviewed-by', FIRST, 'add'],
    ['Tested-by', FIRST, 'add'],
  ]);
});

it('shows who says no, and writes nothing of it', async () => {
  const found = await collect(answer(1, `Nacked-by: ${R}`), answer(0, `Nacked-by: ${R}`, R, 'r2'));
  expect(rows(found)).toEqual([
    ['Nacked-by', FIRST, 'nack'],
    ['Nacked-by', null, 'nack'],
  ]);
  expect(await applyTrailers(await loadSeries(folder), found)).toEqual([]);
});

it('takes prose for no tag, and no control characters', () => {
  const prose = 'It was tested by: me and you\nSponsored-by: S <s@example.org>';
  expect(findTags(prose)).toEqual([]);
  expect(findTags('Acked-by: A <a@example.org> # \u001b[41mred')).toMatchObject([
    { value: 'A <a@example.org> # [41mred' },
  ]);
});

it.each([
  ['Reviewed-by: H <h@example.org<mailto:h@example.org>>', 'H <h@example.org>'],
  ['reviewed-By:  H  <h@example.org>', 'H <h@example.org>'],
  ['Reviewed-by: A very long name\n <h@example.org>', 'A very long name <h@example.org>'],
  ['Reviewed-by: h@example.org', 'h@example.org'],
  ['  Reviewed-by: "H, Jr." <h@example.org>\r', 'H, Jr. <h@example.org>'],
])('reads %j', (text, value) => {
  expect(findTags(text)).toEqual([
    { key: 'Reviewed-by', value, address: 'h@example.org', quoted: false, loose: false, part: false },
  ]);
});

it('adds a paragraph to a message that has no trailers', () => {
  const text = 'From: A <a@b>\nSubject: x\n\nWhy.\n---\n a | 1 +\n\ndiff --git a/a b/a\n';
  expect(withTrailers(text, [{ key: 'Acked-by', value: R }])).toContain(
    `\n\nWhy.\n\nAcked-by: ${R}\n---\n a | 1 +\n`,
  );
});

// Mailboxes of b4's tests, where the machine has them.
const SHARED = join(import.meta.dirname, '../../../../../shared/mail');

it.runIf(existsSync(SHARED)).each([
  [
    'trailers-followup-single.mbox',
    [
      'Followup Reviewer1 <followup-reviewer1@example.com>',
      'Followup Reviewer1 <reviewer1@example.com> quoted',
      'Followup Reviewer2 <followup-reviewer2@example.com>',
      'Mismatched Reviewer1 <mismatched-reviewer1@example.net> address',
    ],
  ],
  ['trailers-followup-htmljunk.mbox', ['HTML Junker <html-junker@example.com>']],
])('reads %s', async (file, expected) => {
  const found = await collectTrailers(await loadSeries(folder), join(SHARED, file));
  const told = found.map(({ value, doubts, subject, status }) => [value, subject, status, ...doubts]);
  const words = expected.map((line) => line.split(/(?<=>) /));
  expect(told.map(([value]) => value)).toEqual(words.map(([value]) => value));
  expect(told.map((row) => row.includes(words[told.indexOf(row)]?.[1] ?? 'elsewhere'))).toEqual(
    told.map(() => true),
  );
  expect(new Set(told.map(([, subject]) => subject))).toEqual(new Set(['Simple test']));
});
