// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { State } from '@uio-msi/host';
import type { RunResult } from '@uio-msi/model';

const readLog = async (path: string): Promise<string | null> => {
  try {
    const bytes = await readFile(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch {
    return null; // a log that is gone or damaged is not linked
  }
};

/** The text of the logs of a run, by the name its stages give. */
export const readLogs = async (state: State, run: RunResult): Promise<Map<string, string>> => {
  const names = run.cells.flatMap(({ stages }) => stages.flatMap(({ log }) => log ?? []));
  const texts = await Promise.all(names.map((name) => readLog(state.path(name))));
  return new Map(names.flatMap((name, at) => (texts[at] == null ? [] : [[name, texts[at]]])));
};
