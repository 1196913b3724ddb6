// SPDX-License-Identifier: MIT
import { readdirSync, statSync } from 'node:fs';
import type { State } from '@uio-msi/host';

/** Answers that are kept to be found again, each made anew when it is asked for: folder, and names there. */
const ANSWERS: readonly (readonly [folder: string, name: RegExp])[] = [
  ['applied', /./],
  ['digests', /./],
  ['kernel-files', /./],
  ['preflight/checkpatch', /./],
  ['preflight/get-maintainer', /./],
  ['guest', /^base-.*\.cpio$/],
];

/** Answers that nobody used since a time: paths relative to the state folder. */
export const unusedAnswers = (state: State, since: number): readonly string[] =>
  ANSWERS.flatMap(([folder, wanted]) =>
    filesIn(state, folder)
      .filter(({ name, used }) => wanted.test(name) && used < since)
      .map(({ name }) => `${folder}/${name}`),
  );

/** An entry of the ledger with the log beside it. */
export interface LedgerFiles {
  /** `build/<key>`. */
  readonly entry: string;
  /** Paths relative to the state folder, the entry before its log: nothing ever names half of what is there. */
  readonly paths: readonly string[];
  readonly born: number;
  readonly used: number;
}

/** What is in the ledger, whoever made it. */
export const ledgerFiles = (state: State): readonly LedgerFiles[] =>
  namesIn(state.path('ledger')).flatMap((stage) => {
    const found = new Map<string, LedgerFiles>();
    for (const { name, born, used } of filesIn(state, `ledger/${stage}`)) {
      const entry = `${stage}/${name.replace(/\.(json|log\.gz)$/, '')}`;
      const { paths = [], ...other } = found.get(entry) ?? { born, used };
      found.set(entry, {
        entry,
        paths: [...paths, `ledger/${stage}/${name}`].sort(),
        born: Math.min(born, other.born),
        used: Math.max(used, other.used),
      });
    }
    return [...found.values()];
  });

/** What is asked of entries before they go. */
export interface LedgerRule {
  /** Whoever was used later stays. */
  readonly since: number;
  /** Those that kept runs relied on. */
  readonly named: ReadonlySet<string>;
  /** Those that are older may be needed by a kept run that does not say. */
  readonly unsaid: number;
}

/** The entries that go, for nobody used them for long and no kept run needs them, and those that stay. Pure. */
export const divide = (
  all: readonly LedgerFiles[],
  { since, named, unsaid }: LedgerRule,
): { readonly going: readonly LedgerFiles[]; readonly staying: readonly LedgerFiles[] } => {
  const goes = ({ entry, born, used }: LedgerFiles) => used < since && born > unsaid && !named.has(entry);
  return { going: all.filter(goes), staying: all.filter((files) => !goes(files)) };
};

interface Found {
  readonly name: string;
  readonly born: number;
  readonly used: number;
}

// There are tens of thousands, each a look of microseconds: to wait for each would take ten times as long.
const filesIn = (state: State, folder: string): readonly Found[] =>
  namesIn(state.path(folder)).flatMap((name) => {
    if (name.endsWith('.tmp')) return [];
    const stats = statSync(state.path(folder, name), { throwIfNoEntry: false });
    if (stats === undefined) return [];
    // Where a file system does not say when a file was made, nobody knows that it is young.
    return [{ name, born: Math.min(stats.birthtimeMs, stats.mtimeMs), used: stats.mtimeMs }];
  });

const namesIn = (dir: string): readonly string[] => {
  try {
    return readdirSync(dir);
  } catch {
    return []; // nothing was kept yet
  }
};
