// SPDX-License-Identifier: MIT
import type { Case } from '../cases/define.js';
import { type Judgement, judgeProfile } from '../profiles/judge.js';
import type { ProfileName } from '../profiles/profiles.js';
import { junitOf } from '../report/junit.js';
import { renderHtml } from './html/page.js';
import { documentOf, ktapOf, type Recorded } from './replay.js';
import type { Statement } from './statement.js';

/** What the run itself wrote: everything else that is said of it follows from these. */
export const EVENTS = 'events.ndjson';
export const STATEMENT = 'statement.json';
/** The kernel's log while the suite ran. */
export const KERNEL_LOG = 'kernel/log.txt';
export const KERNEL_CONFIG = 'kernel/config.txt';

/** A device's configuration space, as lspci(8) reads it with -F. */
export const configDump = (bdf: string, when: 'before' | 'after'): string =>
  `devices/${bdf.replaceAll(':', '-')}-${when}.txt`;

/** JSON as a bundle has it. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The judgements of what a statement claims. */
export const judgeClaim = (
  { claim, waivers }: Statement,
  { suite: { devices }, cases }: Recorded,
  known: readonly Case[],
): readonly Judgement[] =>
  claim.profiles.map((name) => judgeProfile(name as ProfileName, { devices, cases }, waivers, known));

/** The files that follow from events and statement: whoever verifies a bundle makes them again. Pure. */
export const derivedFiles = (
  statement: Statement,
  recorded: Recorded,
  judgements: readonly Judgement[],
): ReadonlyMap<string, string> => {
  const document = documentOf(recorded);
  return new Map([
    ['results.json', json(document)],
    ['results.ktap', ktapOf(recorded)],
    ['results.junit.xml', junitOf(document)],
    ['report.html', renderHtml(statement, document, judgements)],
  ]);
};
