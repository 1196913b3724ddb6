// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { preimage } from '../testing/preimage.js';
import { command, makeRepository, type Repository } from '../testing/repository.js';
import { applySeries } from './apply/apply.js';
import { loadSeries } from './load.js';
import { patchesFor } from './series.js';
import { staleVariants } from './stale.js';

// The series that this project is about must work with the tools that people have.
const dir = join(import.meta.dirname, '../../../patches/uio_msi');
const series = await loadSeries(dir);

describe('the series, on files made from its context', () => {
  const { patches } = series;
  let repository: Repository;
  afterEach(() => repository.remove());
  const paths = patches.map(({ file }) => join(dir, file));

  /** The repository and the tree that {@link applySeries} gives. */
  const prepare = async () => {
    repository = await makeRepository(preimage(patches));
    const result = await applySeries(repository.gitDir, repository.git('rev-parse', 'HEAD^{tree}'), patches);
    expect(result.patches.map(({ status }) => status)).toEqual(patches.map(() => 'clean'));
    return result;
  };

  it('has the trees that git am gives, author and subject too', async () => {
    const { patches: results } = await prepare();
    for (const [i, path] of paths.entries()) {
      repository.git('am', '-q', path);
      expect(repository.git('rev-parse', 'HEAD^{tree}')).toBe(results[i]?.tree);
      const { author, subject, message } = patches[i] ?? {};
      expect(repository.git('log', '-1', '--format=%an <%ae>%n%s%n%b').split('\n')).toEqual([
        `${author?.name} <${author?.address}>`,
        subject,
        ...(message ?? '').split('\n'),
      ]);
    }
  });

  it('has the tree that git quiltimport gives', async () => {
    const { tree } = await prepare();
    repository.git('quiltimport', '--patches', dir, '--series', join(dir, 'series'));
    expect(repository.git('rev-parse', 'HEAD^{tree}')).toBe(tree);
  });

  it('has the tree that quilt push gives', async () => {
    const { tree } = await prepare();
    const env = { QUILT_PATCHES: dir, QUILT_SERIES: join(dir, 'series') };
    const { ok, stdout, stderr } = command(repository.dir, 'quilt', ['--quiltrc=-', 'push', '-a'], { env });
    expect(ok, stdout + stderr).toBe(true);
    expect(stdout).not.toMatch(/fuzz|offset/);
    repository.git('add', '--all', '.', ':!.pc');
    expect(repository.git('write-tree')).toBe(tree);
  });
});

it.each([
  ['7.2', []],
  ['7.1', ['7.1']],
  ['6.18', ['7.1', '6.19']],
  ['6.12', ['7.1', '6.16', '6.16']],
  ['6.6', ['7.1', '6.8', '6.7', '6.7', '6.7']],
  ['6.1', ['7.1', '6.2', '6.1', '6.7', '6.1']],
  ['5.10', ['7.1', '6.2', '5.10', '5.10', '5.10']],
])('has for %s what that line needs, and nothing else', (line, folders) => {
  const replaced = patchesFor(series, line).filter(({ file }) => file.startsWith('variants/'));
  expect(replaced.map(({ file }) => file.split('/')[1])).toEqual(folders);
});

it('has no variant that was made from a patch as it was before', () => {
  expect(staleVariants(series)).toEqual([]);
  expect(series.variants.filter(({ of }) => of === undefined)).toEqual([]);
});

it('keeps full index lines, and no number, version or hash that changes by itself', () => {
  for (const { file, text } of [
    ...series.patches,
    ...series.variants.map(({ replacement }) => replacement),
  ]) {
    expect(text, file).toMatch(/^From 0{40} /);
    expect(text, file).toMatch(/^Subject: \[PATCH\] /m);
    expect(text, file).not.toMatch(/\n-- \n\d/);
    const short = /^index (?![0-9a-f]{40}\.\.[0-9a-f]{40}( 100(644|755))?$).*$/m;
    expect(text, file).not.toMatch(short);
  }
});
