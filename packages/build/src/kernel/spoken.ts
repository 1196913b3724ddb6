// SPDX-License-Identifier: MIT
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readJson, writeAtomic } from '@uio-msi/host';
import { type Finding, findingIdentity } from '@uio-msi/model';
import type { Target } from '../make/variables.js';

type Folders = Pick<Target, 'worktree' | 'buildDir'>;

/** Something that a make said, and the object that it said it of. */
interface Spoken {
  readonly finding: Finding;
  /** Path in the build folder; null when it may be several, as of a header. */
  readonly object: string | null;
  /** The object's time stamp: as long as it is this one, what was said holds. */
  readonly made: number | null;
}

// In a build folder: what its last make, and those before, had to say of what there is.
const RECORD = 'uio-msi.spoken';

/**
 * An object that is not rebuilt says nothing, and its warnings would be gone in the next build. So
 * those of the series that spoke are made to speak again, by making kbuild remake them, and what
 * the others said is remembered for as long as they stay what they are.
 *
 * @param touched paths of the kernel tree that the series changes
 * @returns completes what a make said by what it did not say again
 */
export const listen = async (
  folders: Folders,
  touched: readonly string[],
): Promise<(said: readonly Finding[]) => Promise<readonly Finding[]>> => {
  const record = join(folders.buildDir, RECORD);
  const known = await readRecord(record);
  await rm(record, { force: true });
  const before = known ?? [];
  const again = before.filter(({ finding, object }) => object === null || touched.includes(finding.file));
  // Without a record the last make was cut off: nobody knows what it said.
  const files = known === null ? touched : again.map(({ finding }) => finding.file);
  if (files.length > 0) await forgetMadeFrom(folders, files);
  return async (said) => {
    const now = await Promise.all(said.map((finding) => spokenOf(finding, folders)));
    const heard = new Set(said.map(findingIdentity));
    for (const spoken of before)
      if (!heard.has(findingIdentity(spoken.finding)) && (await stillHolds(spoken, folders)))
        now.push(spoken);
    await writeAtomic(record, JSON.stringify({ version: VERSION, spoken: now }));
    return now.map(({ finding }) => finding);
  };
};

// Version first: a folder may be older than we are.
const VERSION = 1;

const readRecord = async (path: string): Promise<readonly Spoken[] | null> => {
  const { version, spoken } = Object(await readJson(path)) as { version?: number; spoken?: Spoken[] };
  return version === VERSION && spoken !== undefined ? spoken : null;
};

const spokenOf = async (finding: Finding, folders: Folders): Promise<Spoken> => {
  const object = /\.[cS]$/.test(finding.file) ? finding.file.replace(/\.[cS]$/, '.o') : null;
  return { finding, object, made: object === null ? null : await madeAt(object, folders) };
};

const stillHolds = async ({ object, made }: Spoken, folders: Folders): Promise<boolean> =>
  object !== null && made !== null && (await madeAt(object, folders)) === made;

const madeAt = (object: string, { buildDir }: Folders): Promise<number | null> =>
  stat(join(buildDir, object)).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );

// kbuild remakes a target whose command it does not know. scripts/basic/fixdep writes into a
// target's command file what it was made from.
const forgetMadeFrom = async ({ worktree, buildDir }: Folders, files: readonly string[]): Promise<void> => {
  const marks = files.map((file) => `${worktree}/${file}`);
  const own = new Set(files.map((file) => join(dirname(file), `.${basename(file)}.cmd`)));
  for (const path of await readdir(buildDir, { recursive: true }).catch(() => [])) {
    if (!/(^|\/)\.[^/]+\.cmd$/.test(path)) continue;
    const forget = own.has(path) || namesAny(await readFile(join(buildDir, path), 'utf8'), marks);
    if (forget) await rm(join(buildDir, path), { force: true });
  }
};

const namesAny = (command: string, marks: readonly string[]): boolean =>
  marks.some((mark) => command.includes(`${mark} `) || command.includes(`${mark}\n`));
