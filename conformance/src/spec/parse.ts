// SPDX-License-Identifier: MIT

/** A sentence of the specification. */
export interface Clause {
  readonly id: string;
  readonly text: string;
}

const CLAUSE = /^- \*\*([A-Z]+-\d{2})\*\* (.+)$/;
const ALMOST = /^\s*[-*]\s.*\b[A-Z]{2,}-\d+\b/;

/**
 * Reads the clauses of SPEC.md, in order. Pure.
 * @throws Error when an id is given twice, or a line looks like a clause and is none.
 */
export const parseSpec = (markdown: string): Clause[] => {
  const clauses = new Map<string, Clause>();
  for (const line of markdown.split('\n')) {
    const [, id, text] = CLAUSE.exec(line) ?? [];
    if (id === undefined || text === undefined) {
      if (ALMOST.test(line)) throw new Error(`SPEC.md: not a clause: '${line}'`);
      continue;
    }
    if (clauses.has(id)) throw new Error(`SPEC.md: ${id} is there twice`);
    clauses.set(id, { id, text });
  }
  return [...clauses.values()];
};
