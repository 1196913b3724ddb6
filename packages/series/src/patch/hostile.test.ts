// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForeseenError } from '@uio-msi/model';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutated } from '../../testing/mutate.js';
import { preimage } from '../../testing/preimage.js';
import { PROPERTY } from '../../testing/property.js';
import { makeRepository, type Repository } from '../../testing/repository.js';
import { isSafePath } from '../disk/safe-path.js';
import { changeSeries } from '../disk/transaction.js';
import { loadSeries } from '../load.js';
import { normalize } from '../range/normal.js';
import { parseChangelog } from '../revision/changelog.js';
import { commitPatches } from '../work/commits.js';
import { formatCommits } from '../work/format.js';
import { workGit } from '../work/git.js';
import { parseMailbox } from './mailbox.js';
import { putTogether, takeApart, withNotes } from './parts.js';
import { type Patch, parsePatchFile, touchedPaths } from './patch.js';

const series = await loadSeries(join(import.meta.dirname, '../../../../patches/uio_msi'));
const texts = series.patches.map(({ text }) => text);

/** What reading gives; null for what is refused. Anything else than a refusal fails the test. */
const foreseen = async <T>(work: Promise<T>): Promise<T | null> =>
  work.catch((error: unknown) => {
    expect(error).toBeInstanceOf(ForeseenError);
    return null;
  });

// What a read patch promises, whatever it was made of.
const hold = (patch: Patch): void => {
  for (const path of touchedPaths(patch)) expect(isSafePath(path), path).toBe(true);
  expect(patch.subject).not.toMatch(/\p{Cc}/u);
  for (const text of Object.values(patch.author)) expect(text).not.toMatch(/[\p{Cc}<>]/u);
  normalize(patch);
  parseChangelog(patch.notes);
  const noted = takeApart(withNotes(patch.text, 'v9: x'));
  expect(noted.diff).toBe(patch.diff);
};

describe('10,000 patches that somebody has been at', () => {
  it('are read or refused, each in no time, and lose nothing', async () => {
    let read = 0;
    let slowest = 0;
    await fc.assert(
      fc.asyncProperty(mutated(texts), async (text) => {
        const started = performance.now();
        expect(putTogether(takeApart(text))).toBe(text);
        const patch = await foreseen(parsePatchFile('x.patch', text));
        await foreseen(parseMailbox('x.mbox', text));
        if (patch) hold(patch);
        read += patch ? 1 : 0;
        slowest = Math.max(slowest, performance.now() - started);
      }),
      { ...PROPERTY, numRuns: 10_000 },
    );
    // Neither are all refused, which would prove nothing, nor is one read for long.
    expect(read).toBeGreaterThan(1000);
    expect(read).toBeLessThan(9900);
    expect(slowest).toBeLessThan(5000);
  }, 600_000);
});

describe('with the real git', () => {
  let repository: Repository;
  let outside: string;
  beforeAll(async () => {
    repository = await makeRepository(preimage(series.patches));
    outside = await mkdtemp(join(tmpdir(), 'uio-msi-hostile-'));
  });
  afterAll(async () => {
    await repository.remove();
    await rm(outside, { recursive: true });
  });

  it('become commits and patches again, or are refused, and nothing is written but in the series', async () => {
    const git = workGit(repository.dir);
    const head = repository.git('rev-parse', 'HEAD');
    const committer = {
      GIT_COMMITTER_NAME: 'C',
      GIT_COMMITTER_EMAIL: 'c@example.org',
      GIT_COMMITTER_DATE: '@1800000000 +0000',
    };
    const list = async () =>
      (await readdir(repository.dir, { recursive: true }))
        .filter((path) => !path.startsWith('.git/objects/'))
        .sort();
    const before = await list();
    const temporary = (await readdir(tmpdir())).filter((name) => name.startsWith('uio-msi-evil'));
    let made = 0;
    await fc.assert(
      fc.asyncProperty(mutated(texts.slice(0, 1)), async (text) => {
        const patch = await foreseen(parsePatchFile('0001-x.patch', text));
        const commits =
          patch &&
          (await foreseen(commitPatches(git, repository.gitDir, head, [patch], { committer, name: 'x' })));
        const commit = commits?.at(-1)?.commit;
        if (!commit) return;
        const formatted = await foreseen(formatCommits(git, { base: head, head: commit, prefix: 'PATCH' }));
        const [found] = formatted ?? [];
        if (!found) return;
        made += 1;
        expect(isSafePath(found.slug) && !found.slug.includes('/'), found.slug).toBe(true);
        await changeSeries(outside, new Map([[found.slug, found.patch.text]]));
        expect(await readFile(join(outside, found.slug), 'utf8')).toBe(found.patch.text);
      }),
      { ...PROPERTY, numRuns: 150 },
    );
    expect(made).toBeGreaterThan(10);
    expect(await list()).toEqual(before);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('uio-msi-evil'))).toEqual(temporary);
  }, 600_000);
});

it('are not slow for being 100 MB in one line', async () => {
  const started = performance.now();
  for (const line of ['x', ' ', '-', '[', '\t'].map((char) => char.repeat(100_000_000))) {
    expect(putTogether(takeApart(line)).length).toBe(line.length);
    await foreseen(parseMailbox('x.mbox', line));
  }
  expect(performance.now() - started).toBeLessThan(60_000);
}, 120_000);

it.each([
  ['=?UTF-8?q?x=0ABcc_e?= <a@b.org>', { name: 'x Bcc e', address: 'a@b.org' }],
  ['=?UTF-8?q?x=0Acommit_refs/heads/y?= <a@b.org>', { name: 'x commit refs/heads/y', address: 'a@b.org' }],
  ['=?UTF-8?q?x=00y?= <a@b.org>', { name: 'x y', address: 'a@b.org' }],
  ['"x <y@z.org>" <a@b.org>', { name: 'x y@z.org', address: 'a@b.org' }],
])('nobody hides another header, or a command to git, in a name: %s', async (from, author) => {
  const text = (texts[0] ?? '').replace(/^From: .*$/m, `From: ${from}`);
  expect((await parsePatchFile('x.patch', text)).author).toEqual(author);
});

it('nobody hides a header, or what no commit can have, in a subject', async () => {
  const text = (texts[0] ?? '').replace(/^Subject: .*$/m, 'Subject: =?UTF-8?q?uio=3A_x=0D=0ABcc=3A_y=00z?=');
  expect((await parsePatchFile('x.patch', text)).subject).toBe('uio: x Bcc: y z');
});
