// SPDX-License-Identifier: MIT
import { coverOf, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

// git am applies these as they are; the rest is for people to merge.
const FITS = new Set(['clean', 'offset']);

export const base = defineRule({
  name: 'base',
  title: 'the mails name the base, and every patch applies to it',
  source: {
    file: 'Documentation/process/submitting-patches.rst',
    section: 'Providing base tree information',
  },
  next: 'rebase it: series rebase; and say in the cover letter what it is based on',
  needs: ['applied'],
  check: (revision, { applied: { kernel, patches } }) => {
    const misfits = patches
      .filter(({ status }) => !FITS.has(status))
      .map(({ file, status, rejected: [first] }) => ({
        where: file,
        what: `on ${kernel}: ${status}${first ? `, ${first.file}: ${first.reason}` : ''}`,
      }));
    const [first] = patchMails(revision);
    const told = [
      coverOf(revision)?.body,
      first?.body.split(/^diff --git /m)[0],
      first?.body.split('\n').slice(-12).join('\n'),
    ];
    if (told.some((text) => text !== undefined && namesBase(text, kernel))) return misfits;
    const what = `neither the cover letter nor the first patch has base-commit: or says that it is for ${kernel}`;
    return [...misfits, { where: 'series', what }];
  },
});

const namesBase = (text: string, kernel: string): boolean =>
  /^base-commit: (?:[0-9a-f]{40}|[0-9a-f]{64})$/m.test(text) ||
  new RegExp(`(?<![\\d.])v?${kernel.replaceAll('.', '\\.')}(?![\\d]|\\.\\d)`).test(text);
