// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, readdirSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { markUsed, readIfThere, type State, writeAtomic } from '@uio-msi/host';
import { isReusable, type StageName, type StageResult } from '@uio-msi/model';
import { type Brief, entryText, openBriefs, parseEntry } from './entry.js';

/** The results of all stages, by content key. Files are written once and never changed; their times are those of their last use. */
export interface Ledger {
  /** What a stage gave for a key; null when it is not known, or what is there is damaged. */
  get(stage: StageName, key: string): Promise<StageResult | null>;
  /**
   * Keeps a result that may be reused; others are let go.
   *
   * @param log the stage's log, compressed and kept beside it
   * @returns the result as it was kept, its `log` relative to the state folder
   */
  put(key: string, result: StageResult, log: string | null): Promise<StageResult>;
}

/** A ledger that is only looked at: thousands of results are known at once, without what they found. */
export interface LedgerIndex {
  /** What came of a stage for a key; null when it is not known. */
  brief(stage: StageName, key: string): Brief | null;
}

/** The ledger of a state folder as it is now, to look at. What is not there is told without looking for each entry. */
export const openLedgerIndex = (state: State): LedgerIndex => {
  const there = new Map<StageName, ReadonlySet<string>>();
  const namesOf = (stage: StageName): ReadonlySet<string> => {
    const names = there.get(stage) ?? namesIn(state.path('ledger', stage));
    there.set(stage, names);
    return names;
  };
  const readBrief = openBriefs();
  return {
    brief: (stage, key) => {
      const name = `${key}.json`;
      if (!namesOf(stage).has(name)) return null;
      const brief = readBrief(state.path('ledger', stage, name));
      return brief?.stage === stage && isReusable(brief.verdict) ? brief : null;
    },
  };
};

const namesIn = (dir: string): ReadonlySet<string> => {
  try {
    return new Set(readdirSync(dir));
  } catch {
    return new Set(); // nothing was kept yet
  }
};

/** The ledger of a state folder. */
export const openLedger = (state: State): Ledger => {
  const entryPath = (stage: StageName, key: string) => ['ledger', stage, `${key}.json`];
  return {
    get: async (stage, key) => {
      const path = state.path(...entryPath(stage, key));
      const result = parseEntry((await readIfThere(path)) ?? '');
      if (result?.stage !== stage || !isReusable(result.verdict)) return null;
      markUsed(path);
      return result;
    },
    put: async (key, given, log) => {
      if (!isReusable(given.verdict)) return given;
      const relative = `ledger/${given.stage}/${key}.log.gz`;
      const kept = log !== null && (await compress(log, state.path(relative)));
      const result = { ...given, cached: false, log: kept ? relative : null };
      await writeAtomic(state.path(...entryPath(given.stage, key)), entryText(result));
      return result;
    },
  };
};

// Written beside and renamed, like the entry, which comes after it: an entry never names half a log.
const compress = async (log: string, target: string): Promise<boolean> => {
  const size = await stat(log).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size === 0) return false;
  await mkdir(dirname(target), { recursive: true });
  // A number of a process is none in other containers that share the folder.
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await pipeline(createReadStream(log), createGzip(), createWriteStream(temporary, { flush: true }));
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return true;
};
