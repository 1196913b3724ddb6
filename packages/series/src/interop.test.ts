// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { preimage } from '../testing/preimage.js';
import { command, makeRepository, type Repository } from '../testing/repository.js';
import { applySeries } from './apply/apply.js';
import { loadSeries } from './load.js';
import { patchesFor } from './series.js';

// The series that this project is about must work with the tools that people have.
const dir = join(import.meta.dirname, '../../../patches/uio_msi');
const series = await loadSeries(dir);

describe.each(['7.2', '6.12'])('the series for %s, on files made from its context', (line) => {
  const patches = patchesFor(series, line);
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
    const from = commonFolder(paths);
    repository.git('quiltimport', '--patches', from, '--series', join(dir, 'series'));
    expect(repository.git('rev-parse', 'HEAD^{tree}')).toBe(tree);
  });

  it('has the tree that quilt push gives', async () => {
    const { tree } = await prepare();
    const env = { QUILT_PATCHES: commonFolder(paths), QUILT_SERIES: join(dir, 'series') };
    const { ok, stdout, stderr } = command(repository.dir, 'quilt', ['--quiltrc=-', 'push', '-a'], { env });
    expect(ok, stdout + stderr).toBe(true);
    expect(stdout).not.toMatch(/fuzz|offset/);
    repository.git('add', '--all', '.', ':!.pc');
    expect(repository.git('write-tree')).toBe(tree);
  });
});

// All patches of a line are in one folder, under the names that `series` has: see patches/README.md.
const commonFolder = (paths: readonly string[]): string => {
  const folders = new Set(paths.map((path) => join(path, '..')));
  expect(folders.size).toBe(1);
  return [...folders].join('');
};

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
