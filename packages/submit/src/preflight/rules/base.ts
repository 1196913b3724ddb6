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
  next: 'move it to the kernel that it names as its base: ./uio-msi series rebase',
  needs: ['applied'],
  check: (revision, { applied: { kernel, patches } }) => {
    const misfits = patches
      .filter(({ status }) => !FITS.has(status))
      .map(({ file, status, rejected: [first] }) => ({
        where: file,
        what: `on ${kernel}: ${status}${first ? `, ${first.file}: ${first.reason}` : ''}`,
      }));
    const told = [coverOf(revision), patchMails(revision)[0]];
    if (told.some((mail) => mail && namesBase(mail.body, kernel))) return misfits;
    const what = `neither the cover letter nor the first patch has base-commit: or says that it is for ${kernel}`;
    const next = 'name the upstream commit as base-commit in series.yaml: git rev-parse vVERSION^{commit}';
    return [...misfits, { where: 'series', what, next }];
  },
});

// git puts base-commit behind the diff, where no line of a diff begins like it; words stand before it.
const namesBase = (body: string, kernel: string): boolean =>
  /^base-commit: (?:[0-9a-f]{40}|[0-9a-f]{64})$/m.test(body) ||
  new RegExp(`(?<![\\d.])v?${kernel.replaceAll('.', '\\.')}(?!\\d|\\.\\d)`).test(
    body.split(/^diff --git /m)[0] ?? '',
  );
