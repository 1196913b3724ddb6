// SPDX-License-Identifier: MIT
import { isGood, type Verdict, worstVerdict } from '@uio-msi/model';
import type { Revision } from '../message/message.js';
import type { Facts, FactValues, Unknown } from './facts.js';
import type { Breach, Rule, Source } from './rule.js';
import type { Waiver } from './waiver.js';

/** A breach as it is told, with the reason when it was waived. */
export interface JudgedBreach extends Required<Breach> {
  readonly waived: string | null;
}

/** What came of one rule. */
export interface Judgement {
  readonly rule: string;
  readonly title: string;
  readonly source: Source;
  /** What it is worth, waivers aside. */
  readonly verdict: Verdict;
  /** Whether it keeps the revision from being sent. */
  readonly blocks: boolean;
  /** Why, for a SKIP, and when all of it was waived. */
  readonly reason: string | null;
  readonly breaches: readonly JudgedBreach[];
  /** What its reader has to know, broken or not. */
  readonly notes: readonly string[];
}

/** Judges a revision by every rule. Pure. */
export const judge = (
  revision: Revision,
  facts: Facts,
  waivers: readonly Waiver[],
  rules: readonly Rule[],
): Judgement[] => rules.map((rule) => judgeBy(rule, revision, facts, waivers));

/** Whether nothing keeps the revision from being sent, and the worst of what does. */
export const verdictOf = (judgements: readonly Judgement[]): Verdict =>
  worstVerdict(['PASS', ...judgements.filter(({ blocks }) => blocks).map(({ verdict }) => verdict)]);

const judgeBy = (rule: Rule, revision: Revision, facts: Facts, waivers: readonly Waiver[]): Judgement => {
  const { name, title, source } = rule;
  const told = { rule: name, title, source };
  const skipped = rule.skip?.(revision) ?? null;
  if (skipped !== null)
    return { ...told, verdict: 'SKIP', blocks: false, reason: skipped, breaches: [], notes: [] };
  const own = waivers.filter((waiver) => waiver.rule === name);
  const { found, notes } = look(rule, revision, facts);
  const breaches = found.map(
    ({ verdict = 'FAIL', next = rule.next, ...breach }): JudgedBreach => ({
      ...breach,
      verdict,
      next,
      waived: own.find(({ where }) => where === null || where === breach.where)?.reason ?? null,
    }),
  );
  const verdict = worstVerdict(['PASS', ...breaches.map((breach) => breach.verdict)]);
  const blocks = breaches.some(({ waived }) => waived === null);
  const reason = isGood(verdict) || blocks ? null : 'waived';
  return { ...told, verdict, blocks, reason, breaches, notes };
};

const look = (
  rule: Rule,
  revision: Revision,
  facts: Facts,
): { readonly found: readonly Breach[]; readonly notes: readonly string[] } => {
  const unknown = rule.needs.flatMap((name): Unknown[] => {
    const fact = facts[name];
    return 'unknown' in fact ? [fact.unknown] : [];
  });
  if (unknown.length > 0)
    return {
      found: unknown.map(({ verdict, reason, next }) => ({
        where: 'rule',
        what: `could not be judged: ${reason}`,
        verdict,
        ...(next === undefined ? {} : { next }),
      })),
      notes: [],
    };
  const values = Object.fromEntries(
    rule.needs.map((name) => [name, (facts[name] as { value: unknown }).value]),
  ) as unknown as FactValues;
  return { found: rule.check(revision, values), notes: rule.notes?.(values) ?? [] };
};
