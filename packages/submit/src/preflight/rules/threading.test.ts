// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { broken } from '../../../testing/revision.js';
import { threading } from './threading.js';

const earlier = [
  { number: 1, sent: null, messageIds: ['v1-0@kernelhackers.dev'], cover: null, recipients: [], patches: [] },
];
const series = { patches: [{}, { subject: 'uio: unlock' }], number: 2 };

it('lets a series answer nothing, itself, and what is no version of it', async () => {
  expect(await broken(threading, series, { earlier })).toEqual([]);
  expect(await broken(threading, { ...series, inReplyTo: 'bug-report@example.org' }, { earlier })).toEqual(
    [],
  );
});

it('finds a series that answers an older version', async () => {
  const answers = { ...series, inReplyTo: 'v1-0@kernelhackers.dev' };
  expect(await broken(threading, answers, { earlier })).toEqual([
    'cover letter: it answers <v1-0@kernelhackers.dev> of v1',
  ]);
});

it('does not know without the older version', async () => {
  const answers = { ...series, inReplyTo: 'v1-0@kernelhackers.dev' };
  expect(await broken(threading, answers)).toEqual([
    'MISS cover letter: it answers <v1-0@kernelhackers.dev>, and v1 is not in the archive to compare with',
  ]);
});

it('leaves a lone patch alone', async () => {
  expect(await broken(threading, { number: 2, inReplyTo: 'v1-0@kernelhackers.dev' }, { earlier })).toEqual([
    'skipped',
  ]);
});
