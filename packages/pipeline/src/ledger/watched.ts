// SPDX-License-Identifier: MIT
import { isReusable } from '@uio-msi/model';
import type { Ledger } from './ledger.js';

/** A ledger that knows which of its entries were relied on: what it was asked for and had, and what it was given. */
export interface WatchedLedger extends Ledger {
  /** Each as `build/<key>`, once. */
  readonly used: () => readonly string[];
}

/** Watches a ledger for as long as one run has it. */
export const watchLedger = (ledger: Ledger): WatchedLedger => {
  const used = new Set<string>();
  return {
    get: async (stage, key) => {
      const result = await ledger.get(stage, key);
      if (result !== null) used.add(`${stage}/${key}`);
      return result;
    },
    put: async (key, given, log) => {
      const result = await ledger.put(key, given, log);
      if (isReusable(result.verdict)) used.add(`${result.stage}/${key}`);
      return result;
    },
    used: () => [...used],
  };
};
