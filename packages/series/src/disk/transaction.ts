// SPDX-License-Identifier: MIT
import { lstat, mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder, withFolderLock, writeAtomic } from '@uio-msi/host';
import * as z from 'zod/mini';
import { problem } from '../problems.js';
import { isSafePath } from './safe-path.js';

/** Files of a series by path, relative to its folder; null: removed. */
export type SeriesChanges = ReadonlyMap<string, string | null>;

/** Called behind each step, so that a test can end the process there. */
export type OnStep = (step: string) => void;

// Beside the files it is about: a rename reaches no other file system.
const FOLDER = '.change';
const PLAN = 'plan.json';

const Plan = z.strictObject({
  version: z.literal(1),
  /** Where each new file waits in {@link FOLDER}; null: removed. */
  files: z.array(
    z.strictObject({
      path: z.string().check(z.refine((path) => isSafePath(path) && !path.startsWith(`${FOLDER}/`))),
      content: z.nullable(z.string().check(z.regex(/^\d{1,6}$/))),
    }),
  ),
});

/**
 * Changes files of a series, all or none, whenever the process is killed: new contents and a plan are
 * written into a folder aside, which then gets the name that counts, and everything is put in its
 * place. A plan that was left behind is carried out by {@link recoverSeries}; until then nobody reads
 * the series.
 *
 * @throws {UserError} `file-outside` when a path leaves the folder, or leads through a link;
 *   `series-unfinished` when somebody else is at it
 */
export const changeSeries = async (
  dir: string,
  changes: SeriesChanges,
  onStep: OnStep = () => {},
): Promise<void> => {
  for (const path of changes.keys()) await requireInside(dir, path);
  await withFolderLock(dir, async () => {
    await recover(dir);
    await sweep(dir);
    await change(dir, changes, onStep);
  });
};

const change = async (dir: string, changes: SeriesChanges, onStep: OnStep): Promise<void> => {
  const aside = join(dir, `${FOLDER}.${process.pid}`);
  await mkdir(aside);
  onStep('begun');
  const files: PlannedFile[] = [];
  for (const [at, [path, text]] of [...changes].entries()) {
    if (text !== null) await writeAtomic(join(aside, `${at}`), text);
    files.push({ path, content: text === null ? null : `${at}` });
    onStep(`prepared ${path}`);
  }
  await writeAtomic(join(aside, PLAN), JSON.stringify({ version: 1, files }));
  onStep('written');
  await rename(aside, join(dir, FOLDER)).catch(() => {
    throw problem('series-unfinished', dir);
  });
  await syncFolder(dir);
  onStep('planned');
  await carryOut(dir, files, onStep);
};

/**
 * Ends a change that was interrupted. One that a process is at is waited for, and left to it.
 *
 * @returns whether there was one
 * @throws {UserError} `file-outside` when a plan is not one of ours
 */
export const recoverSeries = async (dir: string, onStep: OnStep = () => {}): Promise<boolean> => {
  if (!(await lstat(join(dir, FOLDER)).catch(() => null))) return false;
  return withFolderLock(dir, () => recover(dir, onStep));
};

const recover = async (dir: string, onStep: OnStep = () => {}): Promise<boolean> => {
  const found = await lstat(join(dir, FOLDER)).catch(() => null);
  if (!found) return false;
  if (!found.isDirectory()) throw problem('file-outside', FOLDER, 'it is not a folder');
  const plan = parsePlan(await readFile(join(dir, FOLDER, PLAN), 'utf8').catch(() => ''));
  // Without a plan, only its removal was interrupted.
  if (plan) await carryOut(dir, plan, onStep);
  else await rm(join(dir, FOLDER), { recursive: true, force: true });
  return true;
};

/**
 * Makes sure that no change waits.
 *
 * @throws {UserError} `series-unfinished`
 */
export const requireFinished = async (dir: string): Promise<void> => {
  if (await lstat(join(dir, FOLDER)).catch(() => null)) throw problem('series-unfinished', dir);
};

// What was prepared by a process that is gone.
const sweep = async (dir: string): Promise<void> => {
  for (const name of await readdir(dir)) {
    const [, pid] = /^\.change\.(\d+)$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const alive = await lstat(`/proc/${pid}`).catch(() => null);
    if (!alive || Number(pid) === process.pid) await rm(join(dir, name), { recursive: true });
  }
};

type PlannedFile = z.infer<typeof Plan>['files'][number];

// A series may come from anybody, with a plan in it: nothing in it is believed.
const parsePlan = (text: string): readonly PlannedFile[] | null => {
  if (text === '') return null;
  const { success, data } = Plan.safeParse(parseJson(text));
  if (!success)
    throw problem('file-outside', `${FOLDER}/${PLAN}`, 'it is no plan of this command: remove the folder');
  return data.files;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const carryOut = async (dir: string, files: readonly PlannedFile[], onStep: OnStep): Promise<void> => {
  for (const { path, content } of files) {
    await requireInside(dir, path);
    const target = join(dir, path);
    if (content === null) await remove(dir, path);
    else {
      await mkdir(dirname(target), { recursive: true });
      await rename(join(dir, FOLDER, content), target).catch(alreadyThere);
    }
    onStep(`changed ${path}`);
  }
  for (const folder of foldersOf(files)) await syncFolder(join(dir, folder)).catch(alreadyThere);
  await rm(join(dir, FOLDER, PLAN), { force: true });
  onStep('done');
  await rm(join(dir, FOLDER), { recursive: true, force: true });
};

// All that may have another entry now: the plan goes only when what it brought is on the disk.
const foldersOf = (files: readonly PlannedFile[]): Set<string> => {
  const folders = new Set(['.']);
  for (const { path } of files)
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  return folders;
};

// Whoever was killed before us had moved it; or the folder is empty now, and gone.
const alreadyThere = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error;
};

const remove = async (dir: string, path: string): Promise<void> => {
  await rm(join(dir, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const empty = await rmdir(join(dir, folder)).then(
      () => true,
      () => false,
    );
    if (!empty) return;
  }
};

// Neither the name nor a link in it may lead out of the folder.
const requireInside = async (dir: string, path: string): Promise<void> => {
  if (!isSafePath(path)) throw problem('file-outside', path);
  const names = path.split('/');
  for (const depth of names.keys()) {
    if (depth === 0) continue;
    const found = await lstat(join(dir, ...names.slice(0, depth))).catch(() => null);
    if (found && !found.isDirectory()) throw problem('file-outside', path, 'it leads through a link');
  }
  const target = await lstat(join(dir, path)).catch(() => null);
  if (target && !target.isFile()) throw problem('file-special', path);
};
