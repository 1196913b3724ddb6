// SPDX-License-Identifier: MIT

/** A sentence of the specification. */
export interface Clause {
  readonly id: string;
  readonly text: string;
  /** Why no case tests it; null for the many that one does. */
  readonly untested: string | null;
}

const CLAUSE = /^- \*\*([A-Z]+-\d{2})\*\* (.+?)(?: _Not tested: ([^_]+)\._)?$/;
const ALMOST = /^\s*[-*]\s.*\b[A-Z]{2,}-\d+\b/;

/**
 * Reads the clauses of SPEC.md, in order. Pure.
 * @throws Error when an id is given twice, or a line looks like a clause and is none.
 */
export const parseSpec = (markdown: string): Clause[] => {
  const clauses = new Map<string, Clause>();
  for (const line of markdown.split('\n')) {
    const [, id, text, untested = null] = CLAUSE.exec(line) ?? [];
    if (id === undefined || text === undefined) {
      if (ALMOST.test(line)) throw new Error(`SPEC.md: not a clause: '${line}'`);
      continue;
    }
    if (clauses.has(id)) throw new Error(`SPEC.md: ${id} is there twice`);
    clauses.set(id, { id, text, untested });
  }
  return [...clauses.values()];
};
