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
    const told = [coverOf(revision), patchMails(revision)[0]].flatMap((mail) => (mail ? [mail.body] : []));
    const commits = new Set(told.flatMap((body) => COMMIT.exec(body)?.[1] ?? []));
    const unchecked = [...commits].map((commit) => ({
      where: 'base-commit',
      what: `nothing here says that ${commit} is v${kernel}: kernels that come as tarballs have no commits`,
      next: `compare it with git rev-parse v${kernel}^{commit} in a clone, and say so: --waive 'base:base-commit=is v${kernel}'`,
      verdict: 'MISS' as const,
    }));
    if (commits.size > 0 || told.some((body) => namesBase(body, kernel))) return [...misfits, ...unchecked];
    const what = `neither the cover letter nor the first patch has base-commit: or says that it is for ${kernel}`;
    const next =
      'say which kernel it is for in cover.md or below ---, or name its commit as base-commit in series.yaml';
    return [...misfits, { where: 'series', what, next }];
  },
});

// git puts it behind the diff, where no line of a diff begins like it.
const COMMIT = /^base-commit: ([0-9a-f]{40}|[0-9a-f]{64})$/m;

// Words stand before the diff.
const namesBase = (body: string, kernel: string): boolean =>
  new RegExp(`(?<![\\d.])v?${kernel.replaceAll('.', '\\.')}(?!\\d|\\.\\d)`).test(
    body.split(/^diff --git /m)[0] ?? '',
  );
