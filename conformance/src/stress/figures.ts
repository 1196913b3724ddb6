// SPDX-License-Identifier: MIT

/** How often each operation ended how: `{ open: { success: 3, EBUSY: 5 } }`. */
export type Outcomes = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What a stress run did. */
export interface Figures {
  readonly outcomes: Outcomes;
  /** Interrupts that devices were told to raise. */
  readonly raised: number;
  /** Events that were read from eventfds. */
  readonly received: number;
}

export const NO_FIGURES: Figures = { outcomes: {}, raised: 0, received: 0 };

/** An operation and what may come of it besides success. */
export interface Expected {
  readonly name: string;
  readonly mayFail: readonly string[];
  /** Where it succeeds sooner or later; everywhere without. */
  readonly succeeds?: 'in raw mode' | 'nowhere';
}

/** Of so many of a kind some must have succeeded: the least likely, touch, does one time in forty. */
const ENOUGH = 1000;

/** Both together. Pure. */
export const addFigures = (a: Figures, b: Figures): Figures => {
  const outcomes: Record<string, Record<string, number>> = {};
  for (const [operation, counts] of [...Object.entries(a.outcomes), ...Object.entries(b.outcomes)]) {
    const both = outcomes[operation] ?? {};
    outcomes[operation] = both;
    for (const [outcome, count] of Object.entries(counts)) both[outcome] = (both[outcome] ?? 0) + count;
  }
  return { outcomes, raised: a.raised + b.raised, received: a.received + b.received };
};

/** How many operations there were. */
export const countOperations = ({ outcomes }: Figures): number =>
  sum(Object.values(outcomes).flatMap((counts) => Object.values(counts)));

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Outcomes that no operation may have, as sentences. */
export const unexpectedOutcomes = ({ outcomes }: Figures, operations: readonly Expected[]): string[] =>
  Object.entries(outcomes).flatMap(([name, counts]) => {
    const mayFail = operations.find((operation) => operation.name === name)?.mayFail ?? [];
    return Object.entries(counts)
      .filter(([outcome]) => outcome !== 'success' && !mayFail.includes(outcome))
      .map(([outcome, count]) => `${name} gave ${outcome} ${count} times, which it may not`);
  });

/**
 * What makes a run worthless, as sentences: it did nothing, or of something not one attempt succeeded.
 *
 * @param inRawMode whether a device was in raw mode for part of the time
 */
export const wantedInVain = (
  figures: Figures,
  operations: readonly Expected[],
  inRawMode: boolean,
): string[] => {
  const { outcomes, raised, received } = figures;
  const failed = operations
    .filter(({ succeeds }) => succeeds === undefined || (succeeds === 'in raw mode' && inRawMode))
    .flatMap(({ name }) => {
      const tried = sum(Object.values(outcomes[name] ?? {}));
      const succeeded = outcomes[name]?.['success'] ?? 0;
      return tried >= ENOUGH && succeeded === 0 ? [`${name} was tried ${tried} times, always in vain`] : [];
    });
  return [
    ...(countOperations(figures) === 0 ? ['no operation was done'] : []),
    ...failed,
    ...(raised >= ENOUGH && received === 0
      ? [`${raised} interrupts were raised, and no event was received`]
      : []),
  ];
};

/** A line for each operation: how often, and how it ended. */
export const showFigures = ({ outcomes }: Figures): string[] =>
  Object.entries(outcomes)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([operation, counts]) => {
      const total = sum(Object.values(counts));
      const ways = Object.entries(counts).sort(([, a], [, b]) => b - a);
      return `${operation.padEnd(10)} ${String(total).padStart(9)}  ${ways.map(([way, n]) => `${way} ${n}`).join(', ')}`;
    });

/** Takes note of outcomes, until they are taken. */
export interface Recorder {
  count(operation: string, outcome: string): void;
  raised(): void;
  received(events: number): void;
  /** What was noted since the last time. */
  take(): Figures;
}

export const createRecorder = (): Recorder => {
  let now: { outcomes: Record<string, Record<string, number>>; raised: number; received: number };
  const clear = () => {
    now = { outcomes: {}, raised: 0, received: 0 };
  };
  clear();
  return {
    count: (operation, outcome) => {
      const counts = now.outcomes[operation] ?? {};
      now.outcomes[operation] = counts;
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    },
    raised: () => void now.raised++,
    received: (events) => {
      now.received += events;
    },
    take: () => {
      const taken = now;
      clear();
      return taken;
    },
  };
};
