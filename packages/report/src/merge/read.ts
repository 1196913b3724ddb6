// SPDX-License-Identifier: MIT
import {
  type CellResult,
  cellKey,
  DEPTHS,
  PATCH_STATUSES,
  type RunResult,
  STAGES,
  UserError,
  VERDICTS,
  worstVerdict,
} from '@uio-msi/model';
import {
  amount,
  flag,
  listOf,
  mapOf,
  matching,
  objectOf,
  oneOf,
  optional,
  orNull,
  type Shape,
  text,
  whole,
} from './shape.js';

// What becomes a name of a file: nothing in it leads out of a folder.
const name = matching(/^[\w+-][\w.+-]*$/, 'which is no name of a run');
const utc = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'which is no time in UTC');
const moment: Shape = (value, at) =>
  utc(value, at) ?? (Number.isNaN(Date.parse(value as string)) ? `${at} is ${value}, which never was` : null);
const verdict = oneOf(VERDICTS);

// docs/result.schema.json says the same to others.
const finding = objectOf({
  ...{ tool: text, kind: text, severity: oneOf(['error', 'warning', 'check', 'note']), file: text },
  ...{ line: orNull(whole), message: text, patch: optional(text) },
});
const patch = objectOf({
  ...{ file: text, subject: text, status: oneOf(PATCH_STATUSES), tree: orNull(text) },
  rejected: listOf(objectOf({ file: text, hunk: orNull(text), reason: text })),
});
const check = objectOf({ name: text, verdict, seconds: amount, reason: orNull(text) });
const device = objectOf({ device: text, vectors: whole, bdf: optional(text), interrupts: optional(text) });
const case_ = objectOf({
  ...{ id: text, title: text, clauses: listOf(text), device: text, vectors: whole, bdf: optional(text) },
  ...{ verdict, seconds: amount, message: orNull(text), log: orNull(text) },
});
const stage = objectOf({
  ...{ stage: oneOf(STAGES), verdict, seconds: amount, cached: flag, reason: orNull(text), reproduce: text },
  ...{ log: orNull(text), findings: listOf(finding), fixed: optional(listOf(finding)), outputs: mapOf(text) },
  ...{ patches: optional(listOf(patch)), checks: optional(listOf(check)), devices: optional(listOf(device)) },
  cases: optional(listOf(case_)),
  splats: optional(listOf(objectOf({ kind: text, title: text, text }))),
  attempts: optional(listOf(objectOf({ verdict, reason: orNull(text), seconds: amount }))),
});

const fields = objectOf({
  ...{ series: text, revision: text, line: text, kernel: text, arch: text, toolchain: text, config: text },
  ...{ prefix: optional(whole), depth: optional(oneOf(DEPTHS)), key: text, verdict, stages: listOf(stage) },
  from: optional(name),
});
const cell: Shape = (value, at) =>
  fields(value, at) ??
  sense(value as CellResult, at) ??
  optional(listOf(cell))((value as CellResult).others, `${at}.others`);

const sense = (one: CellResult, at: string): string | null => {
  const key = matching(/^[\w+-][\w.+-]*$/, 'which is no name of a cell')(one.key, `${at}.key`);
  if (key !== null) return key;
  if (one.key !== cellKey(one)) return `${at}.key is ${one.key}, and its axes give ${cellKey(one)}`;
  const twice = repeated(one.stages.map((each) => each.stage));
  if (twice !== null) return `${at} has the stage ${twice} twice`;
  return agreed(one, one.stages, at);
};

const run = objectOf({
  ...{ run: name, series: text, revision: text, content: optional(text), verdict, started: moment },
  ...{ seconds: amount, command: text, tier: optional(text), chosen: optional(oneOf([true])) },
  ...{ cells: listOf(cell), merged: optional(listOf(name)) },
});

const repeated = (names: readonly string[]): string | null =>
  names.find((one, at) => names.indexOf(one) !== at) ?? null;

// Whoever looks at the verdict alone is to see the worst.
const agreed = (
  said: Pick<CellResult, 'verdict'>,
  parts: readonly Pick<CellResult, 'verdict'>[],
  at: string,
): string | null => {
  const worst = worstVerdict(parts.map((part) => part.verdict));
  return said.verdict === worst ? null : `${at} is ${said.verdict}, and the worst in it is ${worst}`;
};

const problemOf = (value: unknown): string | null => {
  const version = Object(value).version;
  if (version !== undefined && version !== 1) return `its version is ${JSON.stringify(version)}, not 1`;
  const problem = objectOf({ version: oneOf([1]) })(value, '') ?? run(value, '');
  if (problem !== null) return problem;
  const { cells } = value as RunResult;
  const keys = cells.map(({ key }) => key);
  if (new Set(keys).size < keys.length) return `it has the cell ${repeated(keys)} twice`;
  return agreed(value as RunResult, cells, 'it');
};

/**
 * Reads the result of a run that another machine wrote.
 *
 * @param source how messages name it
 * @throws {UserError} `bad-result` when it is none, or of another version of the contract
 */
export const readRunResult = (json: string, source: string): RunResult => {
  try {
    const value: unknown = JSON.parse(json);
    const problem = problemOf(value);
    if (problem === null) return value as RunResult;
    throw bad(source, problem);
  } catch (error) {
    if (error instanceof UserError) throw error;
    // A parser's message quotes what it met: of any length, and in several lines.
    throw bad(source, `it is no JSON: ${(error as Error).message.split('\n')[0]?.slice(0, 120)}`);
  }
};

const bad = (source: string, why: string): UserError =>
  new UserError({
    code: 'bad-result',
    message: `${source} is no result of a run`,
    why,
    next: 'give what `--json` of check, nightly, build or conform wrote',
  });
