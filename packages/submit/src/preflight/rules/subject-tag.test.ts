// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { makeRevision } from '../../../testing/revision.js';
import { subjectTag } from './subject-tag.js';

const judge = async (subjects: readonly string[], number: number, resend = false) => {
  const revision = await makeRevision({ patches: [{}, {}], number, resend });
  const messages = revision.messages.map((mail, at) => ({ ...mail, subject: subjects[at] ?? mail.subject }));
  return subjectTag
    .check({ ...revision, messages }, {} as never)
    .map(({ where, what }) => `${where}: ${what}`);
};

it.each([
  [['[PATCH 0/2] a', '[PATCH 1/2] b', '[PATCH 2/2] c'], 1],
  [['[PATCH v2 0/2] a', '[PATCH v2 1/2] b', '[PATCH v2 2/2] c'], 2],
  [['[RFC PATCH v12 00/02] a', '[RFC PATCH v12 01/02] b', '[RFC PATCH v12 02/02] c'], 12],
] as const)('lets through %s', async (subjects, number) => {
  expect(await judge(subjects, number)).toEqual([]);
});

it.each([
  ['[v2 0/2] a', 'lacks PATCH in brackets'],
  ['[PATCH 0/2] a', 'lacks v2 in its brackets'],
  ['[PATCH V2 0/2] a', 'lacks v2 in its brackets'],
  ['[PATCH v2] a', 'lacks its number in its brackets'],
  ['[PATCH v2 0/3] a', 'says 0/3 and is 0 of 2'],
  ['[RESEND PATCH v2 0/2] a', 'says RESEND and is none'],
])('finds %s', async (subject, what) => {
  expect(await judge([subject], 2)).toEqual([`cover letter: "${subject}" ${what}`]);
});

it('wants RESEND where it is one, and no v2 where it is v1', async () => {
  expect(await judge(['[PATCH v2 0/2] a'], 2, true)).toEqual([
    'cover letter: "[PATCH v2 0/2] a" lacks RESEND',
  ]);
  expect(await judge(['[PATCH v2 0/2] a'], 1)).toEqual([
    'cover letter: "[PATCH v2 0/2] a" names another version than 1',
  ]);
});
