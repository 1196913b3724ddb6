// SPDX-License-Identifier: MIT
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readJson, writeAtomic } from '@uio-msi/host';
import { type Finding, findingIdentity } from '@uio-msi/model';
import { findingsOf, type Said } from '../diagnostics/said.js';
import type { Target } from '../make/variables.js';

/** Something that a make said. */
interface Spoken extends Said {
  /** The time stamp of what was made then: as long as it is this one, what was said holds. */
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
  { buildDir }: Pick<Target, 'buildDir'>,
  touched: readonly string[],
): Promise<(said: readonly Said[]) => Promise<readonly Finding[]>> => {
  const record = join(buildDir, RECORD);
  const before = await readRecord(record);
  await rm(record, { force: true });
  // Without a record the last make was cut off: nobody knows what it said.
  if (before === null) await forgetMadeFrom(buildDir, touched);
  for (const { finding, unit } of before ?? [])
    if (unit !== null && (touched.includes(unit) || touched.includes(finding.file)))
      await rm(join(buildDir, commandFile(madeOf(unit))), { force: true });
  return async (said) => {
    const spoken = await Promise.all(
      said.map(async (one) => ({ ...one, made: await madeAt(buildDir, one.unit) })),
    );
    const heard = new Set(said.map(identityOf));
    for (const one of before ?? [])
      if (!heard.has(identityOf(one)) && one.made !== null && one.made === (await madeAt(buildDir, one.unit)))
        spoken.push(one);
    await writeAtomic(record, JSON.stringify({ version: VERSION, spoken }));
    return findingsOf(spoken);
  };
};

// A folder may be older than we are.
const VERSION = 2;

const readRecord = async (path: string): Promise<readonly Spoken[] | null> => {
  const { version, spoken } = Object(await readJson(path)) as { version?: number; spoken?: Spoken[] };
  return version === VERSION && spoken !== undefined ? spoken : null;
};

const identityOf = ({ finding, unit }: Said): string => `${findingIdentity(finding)}\0${unit}`;

/** `drivers/uio/uio.c` becomes `drivers/uio/uio.o`; what a linker or modpost speaks of is made itself. */
const madeOf = (unit: string): string => unit.replace(/\.[cS]$/, '.o');

const madeAt = async (buildDir: string, unit: string | null): Promise<number | null> => {
  if (unit === null) return null;
  const stats = await stat(join(buildDir, madeOf(unit))).catch(() => null);
  return stats?.mtimeMs ?? null;
};

// kbuild remakes a target whose command it does not know.
const commandFile = (target: string): string => join(dirname(target), `.${basename(target)}.cmd`);

// scripts/basic/fixdep writes into a target's command file what it was made from; ccache makes the
// paths relative.
const forgetMadeFrom = async (buildDir: string, files: readonly string[]): Promise<void> => {
  const sources = files.filter((file) => /\.[chS]$/.test(file)).map((file) => `/${file}`);
  if (sources.length === 0) return;
  for (const path of await readdir(buildDir, { recursive: true }).catch(() => [])) {
    if (!/(^|\/)\.[^/]+\.o\.cmd$/.test(path)) continue;
    const command = await readFile(join(buildDir, path), 'utf8');
    if (sources.some((source) => command.includes(`${source} `) || command.includes(`${source}\n`)))
      await rm(join(buildDir, path), { force: true });
  }
};
