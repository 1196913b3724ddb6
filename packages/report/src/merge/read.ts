// SPDX-License-Identifier: MIT
import { cellKey, type RunResult, STAGES, UserError, VERDICTS } from '@uio-msi/model';

// What becomes a name of a file: nothing in it leads out of a folder.
const NAME = /^[\w+-][\w.+-]*$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isOneOf = (words: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && words.includes(value);

const arePresent = (value: Record<string, unknown>, type: string, names: readonly string[]): string[] =>
  names.filter((name) => typeof value[name] !== type).map((name) => `${name} is no ${type}`);

// What a stage may have several of, and the texts that each of them has.
const FINDING = ['tool', 'kind', 'severity', 'file', 'message'];
const LISTS: Readonly<Record<string, readonly string[]>> = {
  findings: FINDING,
  fixed: FINDING,
  patches: ['file', 'status'],
  checks: ['name', 'verdict'],
  devices: ['device'],
  cases: ['id', 'title', 'device', 'verdict'],
  splats: ['kind', 'title', 'text'],
  attempts: ['verdict'],
};

const listProblems = (stage: Record<string, unknown>): string[] =>
  Object.entries(LISTS).flatMap(([name, texts]) => {
    const list = stage[name] ?? [];
    const isWhole = (one: unknown) => isObject(one) && arePresent(one, 'string', texts).length === 0;
    return Array.isArray(list) && list.every(isWhole) ? [] : [`a stage has damaged ${name}`];
  });

const stageProblems = (stage: unknown): string[] => {
  if (!isObject(stage)) return ['a stage is no object'];
  return [
    ...(isOneOf(STAGES, stage['stage']) ? [] : [`there is no stage ${JSON.stringify(stage['stage'])}`]),
    ...(isOneOf(VERDICTS, stage['verdict']) ? [] : ['a stage has no verdict']),
    ...arePresent(stage, 'string', ['reproduce']),
    ...arePresent(stage, 'number', ['seconds']),
    ...listProblems(stage),
    ...(Array.isArray(stage['findings']) && isObject(stage['outputs'])
      ? []
      : ['a stage has no findings or outputs']),
  ];
};

const cellProblems = (cell: unknown): string[] => {
  if (!isObject(cell)) return ['a cell is no object'];
  const axes = ['series', 'revision', 'line', 'kernel', 'arch', 'toolchain', 'config', 'key'];
  const missing = arePresent(cell, 'string', axes);
  if (missing.length > 0) return missing;
  return [
    ...(cell['key'] === cellKey(cell as never) && NAME.test(cell['key'] as string)
      ? []
      : ['a cell has another key than its axes give']),
    ...(isOneOf(VERDICTS, cell['verdict']) ? [] : ['a cell has no verdict']),
    ...(Array.isArray(cell['stages']) ? cell['stages'].flatMap(stageProblems) : ['a cell has no stages']),
    ...(Array.isArray(cell['others'] ?? [])
      ? ((cell['others'] ?? []) as unknown[]).flatMap(cellProblems)
      : ['others is no list']),
  ];
};

const problemsOf = (value: unknown): string[] => {
  if (!isObject(value)) return ['it is no object'];
  if (value['version'] !== 1) return [`its version is ${JSON.stringify(value['version'])}, not 1`];
  return [
    ...arePresent(value, 'string', ['run', 'series', 'revision', 'started', 'command']),
    ...arePresent(value, 'number', ['seconds']),
    ...(NAME.test(String(value['run'])) ? [] : ['its name is none of a run']),
    ...(Number.isNaN(Date.parse(String(value['started']))) ? ['it does not say when it started'] : []),
    ...(Array.isArray(value['cells']) ? value['cells'].flatMap(cellProblems) : ['it has no cells']),
  ];
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Reads the result of a run that another machine wrote.
 *
 * @param name how messages name it
 * @throws {UserError} `bad-result` when it is none, or of another version of the contract
 */
export const readRunResult = (text: string, name: string): RunResult => {
  const value = parse(text);
  const [problem] = problemsOf(value);
  if (problem === undefined) return value as RunResult;
  throw new UserError({
    code: 'bad-result',
    message: `${name} is no result of a run`,
    why: problem,
    next: 'give what `--json` of check, nightly, build or conform wrote',
  });
};
