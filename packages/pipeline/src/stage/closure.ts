// SPDX-License-Identifier: MIT
import { STAGES, type StageName } from '@uio-msi/model';
import type { Stage } from './stage.js';

/** The stages asked for and those they need, in order; all of the table when null. */
export const closure = (
  table: readonly Stage[],
  asked: readonly StageName[] | null,
): readonly StageName[] => {
  const wanted = new Set<StageName>();
  const want = (name: StageName): void => {
    wanted.add(name);
    for (const needed of table.find((stage) => stage.name === name)?.needs ?? []) want(needed);
  };
  for (const name of asked ?? table.map((stage) => stage.name)) want(name);
  return STAGES.filter((name) => wanted.has(name));
};

/** The stages asked for and those they need, as far as a cell goes; null for all. */
export const closureWithin = (
  table: readonly Stage[],
  asked: readonly StageName[] | null,
  limit: readonly StageName[] | null,
): ReadonlySet<StageName> => {
  const reach = closure(table, limit);
  return new Set(closure(table, asked ?? limit).filter((name) => reach.includes(name)));
};
