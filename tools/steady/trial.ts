// SPDX-License-Identifier: MIT

/** What one run of the suite came to. */
export interface Trial {
  /** Whether everything passed that was not skipped, and the kernel had nothing to say. */
  readonly good: boolean;
  readonly passed: number;
  /** Seconds that the suite took; NaN when it did not come to its end. */
  readonly seconds: number;
  /** What was not good, as sentences. */
  readonly troubles: readonly string[];
}

/** A record of the suite: conformance/src/report/records.ts. */
type Record = Readonly<{ type?: unknown } & { [key: string]: unknown }>;

/** What `boot --run --json` gives. */
export interface JobResult {
  readonly exitCode: number | null;
  readonly message: string;
  readonly splats: readonly string[];
  readonly records: readonly Record[];
}

/** Reads what a guest told of a run. Pure. */
export const trialOf = ({ exitCode, message, splats, records }: JobResult): Trial => {
  const done = records.find(({ type }) => type === 'done');
  const bad = records.filter(
    ({ type, verdict }) => type === 'case' && verdict !== 'PASS' && verdict !== 'SKIP',
  );
  const troubles = [
    ...bad.map(
      ({ verdict, id, device, vectors, message: why }) =>
        `${String(verdict)} ${String(id)} on ${String(device)} (${String(vectors)}): ${String(why)}`,
    ),
    ...splats.map((title) => `kernel: ${title}`),
    ...(done === undefined ? [`the suite did not come to its end: ${message}`] : []),
  ];
  const good = exitCode === 0 && troubles.length === 0;
  return {
    good,
    passed: Number(done?.['passed'] ?? 0),
    seconds: Number(done?.['seconds'] ?? Number.NaN),
    troubles: good || troubles.length > 0 ? troubles : [`${message}; exit code ${exitCode}`],
  };
};
