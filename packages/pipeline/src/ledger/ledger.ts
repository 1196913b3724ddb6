// SPDX-License-Identifier: MIT
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { contentKey, readIfThere, type State, writeAtomic } from '@uio-msi/host';
import { isReusable, type StageName, type StageResult } from '@uio-msi/model';

/** The results of all stages, by content key. Files are written once and never changed. */
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

/** A ledger that is only read: what is not there is told without looking for each entry. */
export const openLedgerToRead = (state: State): Pick<Ledger, 'get'> => {
  const ledger = openLedger(state);
  // Cells of one kernel have much in common, and come one behind the other.
  const last = new Map<StageName, { readonly key: string; readonly result: Promise<StageResult | null> }>();
  const there = new Map<StageName, Promise<ReadonlySet<string>>>();
  const filesOf = (stage: StageName): Promise<ReadonlySet<string>> => {
    const known = there.get(stage) ?? readdir(state.path('ledger', stage)).then(toSet, () => toSet([]));
    there.set(stage, known);
    return known;
  };
  return {
    get: async (stage, key) => {
      if (!(await filesOf(stage)).has(`${key}.json`)) return null;
      const before = last.get(stage);
      if (before?.key === key) return before.result;
      const result = ledger.get(stage, key);
      last.set(stage, { key, result });
      return result;
    },
  };
};

const toSet = (names: readonly string[]): ReadonlySet<string> => new Set(names);

interface Entry {
  readonly version: 1;
  /** Content key of the result: tells a whole file from a damaged one. */
  readonly digest: string;
  readonly result: StageResult;
}

/** The ledger of a state folder. */
export const openLedger = (state: State): Ledger => {
  const entryPath = (stage: StageName, key: string) => ['ledger', stage, `${key}.json`];
  return {
    get: async (stage, key) => {
      const result = parseEntry(await readIfThere(state.path(...entryPath(stage, key))));
      return result?.stage === stage && isReusable(result.verdict) ? result : null;
    },
    put: async (key, given, log) => {
      if (!isReusable(given.verdict)) return given;
      const relative = `ledger/${given.stage}/${key}.log.gz`;
      const kept = log !== null && (await compress(log, state.path(relative)));
      const result = { ...given, cached: false, log: kept ? relative : null };
      const entry: Entry = { version: 1, digest: contentKey(result), result };
      await writeAtomic(state.path(...entryPath(given.stage, key)), JSON.stringify(entry));
      return result;
    },
  };
};

const parseEntry = (text: string | null): StageResult | null => {
  try {
    const { version, digest, result } = Object(JSON.parse(text ?? 'null')) as Partial<Entry>;
    return version === 1 && result !== undefined && contentKey(result) === digest ? result : null;
  } catch {
    return null;
  }
};

// Written beside and renamed, like the entry, which comes after it: an entry never names half a log.
const compress = async (log: string, target: string): Promise<boolean> => {
  const size = await stat(log).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size === 0) return false;
  await mkdir(dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await pipeline(createReadStream(log), createGzip(), createWriteStream(temporary));
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return true;
};
