// SPDX-License-Identifier: MIT
import { contentKey, markUsed, readIfThere, type State, writeAtomic } from '@uio-msi/host';
import type { MutantResult } from './judge.js';

interface Entry {
  readonly version: 1;
  readonly digest: string;
  readonly result: MutantResult;
}

const pathOf = (state: State, key: string): string => state.path('ledger', 'mutant', `${key}.json`);

/** What became of a mutant when it was tried with the same content; null when that is not known, or damaged. */
export const knownResult = async (state: State, key: string): Promise<MutantResult | null> => {
  try {
    const text = await readIfThere(pathOf(state, key));
    const { version, digest, result } = Object(JSON.parse(text ?? 'null')) as Partial<Entry>;
    if (version !== 1 || result === undefined || contentKey(result) !== digest) return null;
    markUsed(pathOf(state, key));
    return { ...result, cached: true };
  } catch {
    return null;
  }
};

/** Keeps what a guest told of a mutant; an error is tried again. */
export const keepResult = async (state: State, key: string, result: MutantResult): Promise<void> => {
  if (result.fate === 'error') return;
  const entry: Entry = { version: 1, digest: contentKey(result), result };
  await writeAtomic(pathOf(state, key), JSON.stringify(entry));
};
