// SPDX-License-Identifier: MIT
import { isGood } from '@uio-msi/model';
import type { JudgedBreach, Judgement } from './judge.js';
import type { PreflightRecord } from './record.js';
import { RULES } from './rules.js';

// More of the same says no more; all of them are in the record.
const SHOWN = 8;

/** A record for a person: every rule, and for each that is broken what happened, why and what to do. */
export const describeRecord = ({ series, revision, digest, kernel, rules }: PreflightRecord): string => {
  const blocking = rules.filter(({ blocks }) => blocks);
  const end =
    blocking.length === 0
      ? `nothing keeps ${series} ${revision} from being sent`
      : `${series} ${revision} must not be sent: ${blocking.map(({ rule }) => rule).join(', ')}`;
  const head = `${series} ${revision}${kernel === null ? '' : `, for ${kernel}`}; content ${digest.slice(0, 12)}`;
  return [head, '', ...rules.flatMap(describe), '', end].join('\n');
};

const describe = (judgement: Judgement): string[] => {
  const { rule, title, verdict, source, reason, breaches, notes } = judgement;
  const open = breaches.filter(({ waived }) => waived === null);
  const waived = breaches.filter((breach) => breach.waived !== null);
  const own = RULES.find(({ name }) => name === rule);
  const list = own?.listAll ? (lines: readonly string[]) => lines : shorten;
  const line = `${verdict.padEnd(5)} ${rule.padEnd(17)} ${title}${isGood(verdict) && reason ? `: ${reason}` : ''}`;
  return [
    line.trimEnd(),
    ...list(open.map(tell)),
    ...nextSteps(open, own?.next),
    ...shorten(waived.map((breach) => `${tell(breach)} (waived: ${breach.waived})`)),
    ...notes.map((note) => `      ${note}`),
    ...(open.length > 0 ? [`      why: ${source.file}, "${source.section}"`] : []),
  ];
};

const tell = ({ where, what }: JudgedBreach): string => `      ${where}: ${what}`;

const shorten = (lines: readonly string[]): string[] =>
  lines.length <= SHOWN
    ? [...lines]
    : [...lines.slice(0, SHOWN - 1), `      and ${lines.length - SHOWN + 1} more: --json has them all`];

// A command for each of thirty cells: the one that does them all, and how one alone is done.
const nextSteps = (open: readonly JudgedBreach[], all: string | undefined): string[] => {
  const [first, ...others] = [...new Set(open.map(({ next }) => next))].map((next) => `      next: ${next}`);
  if (first === undefined) return [];
  if (all === undefined || others.length < SHOWN) return shorten([first, ...others]);
  return [`      next: ${all}`, `${first}, and so on, for one of them`];
};
