// SPDX-License-Identifier: MIT
import type { Verdict } from '@uio-msi/model';
import type { Revision } from '../message/message.js';
import type { FactName, FactValues } from './facts.js';

/** Where the kernel's documentation asks for what a rule asks for. */
export interface Source {
  /** Path in the kernel tree. */
  readonly file: string;
  /** Heading of the section, or the name of the entry. */
  readonly section: string;
}

/** One place where a rule is broken. */
export interface Breach {
  /** A file of the series, an address, a cell of the matrix: what a waiver may name. */
  readonly where: string;
  /** What happened, in one line. */
  readonly what: string;
  /** What to do about it, where that is more than what the rule says. */
  readonly next?: string;
  /** FAIL unless it is nobody's fault: what never ran is a MISS, a tool that failed an ERROR. */
  readonly verdict?: Extract<Verdict, 'FAIL' | 'ERROR' | 'MISS'>;
}

/** One thing that a revision must keep to before it is sent. */
export interface RuleSpec<Needs extends readonly FactName[]> {
  /** What a waiver calls it. */
  readonly name: string;
  /** What it asks for, as a sentence without its end. */
  readonly title: string;
  readonly source: Source;
  /** What to do when it is broken. */
  readonly next: string;
  /** What has to be known beside the mails. A rule that lacks one of these is a MISS. */
  readonly needs: Needs;
  /** Whether whoever reads it wants every breach, be they many: each is something to do. */
  readonly listAll?: true;
  /** Why it has nothing to judge here; null when it has. */
  readonly skip?: (revision: Revision) => string | null;
  /** What its reader has to know, broken or not. Pure. */
  readonly notes?: (facts: Pick<FactValues, Needs[number]>) => readonly string[];
  /** Pure. */
  readonly check: (revision: Revision, facts: Pick<FactValues, Needs[number]>) => readonly Breach[];
}

/** A rule whose needs only it knows. */
export type Rule = RuleSpec<readonly FactName[]>;

/** Types a rule's facts inside, and hides them outside. */
export const defineRule = <const Needs extends readonly FactName[]>(rule: RuleSpec<Needs>): Rule => rule;
