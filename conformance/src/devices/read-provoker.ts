// SPDX-License-Identifier: MIT
import { UserError } from '../errors.js';
import { boundsProblems } from './bounds.js';
import { LIMITS, OF_A_VECTOR, PHASES, type Phase, type ProvokerFile, type Step } from './provoker-file.js';
import { readCount, readNumber, readStep } from './read-step.js';
import { type Problem, readYaml, type Spot } from './yaml-reader.js';

const FORMAT = 1;
const FIELDS = ['provoker', 'name', 'match', 'vectors', 'line', 'bars', ...PHASES];
const NAME = /^[a-z0-9][a-z0-9-]{0,30}$/;
const ID = /^[0-9a-f]{4}:[0-9a-f]{4}$/;
const BARS = 6;
const MOST_IDS = 64;

/** Thrown for a file that is no provoker: a line for each thing that is wrong, with its place. */
export class NoProvoker extends UserError {}

/**
 * Reads a provoker. Every offset and value that does not depend on what the device says is computed
 * for every vector, so that none out of range is left for the device to get.
 *
 * @param where named in messages
 * @throws NoProvoker with line, field, and what was expected
 */
export const readProvoker = (source: string, where: string): ProvokerFile => {
  const { value, problems } = readYaml(source, (root) => readRoot(root, source));
  if (value !== null && problems.length === 0) return value;
  const inOrder = problems.toSorted((a, b) => a.line - b.line);
  throw new NoProvoker([...new Set(inOrder.map((problem) => describe(problem, where)))].join('\n'));
};

const describe = ({ line, field, message }: Problem, where: string): string =>
  `${where}:${line}: ${field === '' ? '' : `${field}: `}${message}`;

const readRoot = (root: Spot, text: string): ProvokerFile => {
  if (root.text !== null || root.entries().length === 0) root.expect('a provoker');
  const fields = root.fields(FIELDS);
  const needed = (name: string, what: string): Spot | undefined => {
    if (!fields.has(name)) root.report(`${name} is missing; expected ${what}`);
    return fields.get(name);
  };
  const format = needed('provoker', `${FORMAT}, the version of this format`);
  if (format !== undefined && readNumber(format) !== FORMAT)
    format.expect(`${FORMAT}, the version of this format`);
  const name = needed('name', 'a name for the device');
  if (name !== undefined && !NAME.test(name.text ?? ''))
    name.expect('lower-case letters, digits and -, 31 at most');
  const match = needed('match', 'a list of vendor:device');
  const vectors = needed('vectors', 'how many vectors it raises');
  const bars = needed('bars', 'the bytes of each BAR that it reaches');
  const head = {
    name: name?.text ?? '',
    match: match === undefined ? [] : readIds(match),
    vectors: readCount(vectors, 'vectors', LIMITS.vectors) ?? 1,
    line: readLine(fields.get('line')),
    text,
    bars: bars === undefined ? {} : readBars(bars),
  };
  if (needed('raise', 'the steps that raise vector vec')?.items(LIMITS.steps).length === 0)
    fields.get('raise')?.expect('at least one step');
  const spots = new Map<Step, Spot>();
  const read = new Set<string>();
  const phase = (which: Phase): readonly Step[] => {
    const names = new Set([...(OF_A_VECTOR.has(which) ? ['vec'] : []), ...read]);
    const steps = (fields.get(which)?.items(LIMITS.steps) ?? []).flatMap((spot) => {
      const step = readStep(spot, { bars: head.bars, names });
      if (step !== null) spots.set(step, spot);
      return step === null ? [] : [step];
    });
    // What set-up has read is known from then on.
    if (which === 'setup') for (const known of names) read.add(known);
    const waits = steps.reduce(
      (sum, step) => sum + (step.kind === 'wait' ? step.withinMs : step.kind === 'pause' ? step.ms : 0),
      0,
    );
    if (waits > LIMITS.waitMs)
      fields.get(which)?.report(`waits ${waits} ms in all, expected ${LIMITS.waitMs} at most`);
    return steps;
  };
  const file: ProvokerFile = {
    ...head,
    setup: phase('setup'),
    raise: phase('raise'),
    acknowledge: phase('acknowledge'),
    quiesce: phase('quiesce'),
  };
  for (const { step, field, message } of boundsProblems(file)) {
    const spot = spots.get(step);
    const [, at] = spot?.entries().find(([name]) => name === field) ?? [field, spot];
    at?.report(message);
  }
  return file;
};

const readIds = (spot: Spot): readonly string[] => {
  const items = spot.items(MOST_IDS);
  if (items.length === 0) spot.expect('a list of vendor:device, at least one');
  const ids = items.map((item) => {
    if (!ID.test(item.text ?? '')) item.expect('vendor:device in lower-case hexadecimal, as in 8086:10d3');
    return item.text ?? '';
  });
  return [...new Set(ids)];
};

const readLine = (spot: Spot | undefined): boolean => {
  if (spot !== undefined && spot.text !== 'true' && spot.text !== 'false') spot.expect('true or false');
  return spot?.text === 'true';
};

const readBars = (spot: Spot): ProvokerFile['bars'] => {
  const bars: Record<number, number> = {};
  for (const [name, value] of spot.entries()) {
    const bar = /^[0-5]$/.test(name) ? Number(name) : null;
    if (bar === null) value.report(`expected a BAR, 0 to ${BARS - 1}, found '${name.slice(0, 20)}'`);
    const size = readCount(value, 'bytes', LIMITS.bar);
    if (bar !== null && size !== null) bars[bar] = size;
  }
  return bars;
};
