// SPDX-License-Identifier: MIT
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '@uio-msi/host';

/** The source that the series is about. */
export const DRIVER = 'drivers/uio/uio_msi.c';

const PATCH = '9999-an-edit.patch';

/** A copy of a series with one more patch, which edits one file of the tree that the series gives. */
export interface EditedSeries {
  /** Its folder. */
  readonly dir: string;
  /** Makes the edit another one. */
  readonly edit: (change: (text: string) => string) => Promise<void>;
}

/** Copies a series to a folder of the same name, and the series of the same checkout beside it: it may need them. */
export const copySeries = async (source: string, dir: string): Promise<void> => {
  await cp(dirname(source), dirname(dir), { recursive: true });
};

/**
 * Copies a series, as {@link copySeries} does. An edit behind all patches goes with any series that gives the file, however it
 * is cut.
 *
 * @param source the folder of the series
 * @param dir the folder of the copy, named as the source is, alone in its own
 * @param text the file as the series leaves it
 */
export const editedSeries = async (source: string, dir: string, text: string): Promise<EditedSeries> => {
  await copySeries(source, dir);
  const manifest = join(dir, 'series.yaml');
  const listed = await readFile(manifest, 'utf8');
  await writeFile(manifest, listed.replace(/^(patches:\n(?: {2}- .*\n)+)/m, `$1  - ${PATCH}\n`));
  await appendFile(join(dir, 'series'), `${PATCH}\n`);
  return {
    dir,
    edit: async (change) => writeFile(join(dir, PATCH), await makePatch(text, change(text))),
  };
};

const HEAD = 'From: A Tester <tester@example.com>\nSubject: [PATCH] an edit\n\nOn purpose.\n---\n';

const makePatch = async (before: string, after: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-edit-'));
  try {
    for (const [side, text] of [
      ['a', before],
      ['b', after],
    ] as const) {
      await mkdir(dirname(join(folder, side, DRIVER)), { recursive: true });
      await writeFile(join(folder, side, DRIVER), text);
    }
    const options = ['diff', '--no-index', '--no-prefix', '--full-index', '--no-color'];
    const { exitCode, stdout, stderr } = await run('git', [...options, `a/${DRIVER}`, `b/${DRIVER}`], {
      cwd: folder,
      env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    });
    if (exitCode !== 1) throw new Error(`the edit changes nothing ${stderr}`);
    return `${HEAD}\n${stdout}`;
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** The driver as a tree of an object store has it. */
export const driverIn = async (gitDir: string, tree: string): Promise<string> => {
  const { exitCode, stdout, stderr } = await run('git', ['--git-dir', gitDir, 'show', `${tree}:${DRIVER}`]);
  if (exitCode !== 0) throw new Error(`no ${DRIVER} in ${tree}: ${stderr}`);
  return stdout;
};
