// SPDX-License-Identifier: MIT
import { SuiteError } from '../errors.js';
import type { Width } from '../sys/mmio.js';
import { compileExpression } from './expression.js';
import { LIMITS, type ProvokerFile, type Step } from './provoker-file.js';
import type { Spot } from './yaml-reader.js';

/** What a step of a file can use that stands elsewhere in it. */
export interface Surroundings {
  readonly bars: ProvokerFile['bars'];
  /** Names that have a value when the step is done; a step that reads adds its own. */
  readonly names: Set<string>;
}

const KINDS = ['write', 'read', 'wait', 'pause'] as const;
type Kind = (typeof KINDS)[number];

const REGISTER = ['bar', 'width'];
const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  write: ['write', ...REGISTER, 'value', 'mask'],
  read: ['read', ...REGISTER, 'as'],
  wait: ['wait', ...REGISTER, 'value', 'mask', 'within'],
  pause: ['pause'],
};

const WIDTHS: readonly Width[] = [8, 16, 32];
const NAME = /^[a-z][a-z0-9_]{0,30}$/;

/** Reads one step of a phase; null when it is none, which has been reported then. */
export const readStep = (spot: Spot, around: Surroundings): Step | null => {
  const present = spot.entries().map(([name]) => name);
  const kinds = KINDS.filter((kind) => present.includes(kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    spot.report(`expected a step: one of ${KINDS.join(', ')}`);
    return null;
  }
  const fields = spot.fields(FIELDS[kind]);
  const needed = (name: string): string | null => {
    const value = fields.get(name);
    if (value === undefined) spot.report(`${name} is missing; expected a number or an expression`);
    return value === undefined ? null : readExpression(value, around.names);
  };
  const optional = (name: string): string | null => {
    const value = fields.get(name);
    return value === undefined ? null : readExpression(value, around.names);
  };
  if (kind === 'pause') {
    const ms = readCount(fields.get('pause'), 'milliseconds', LIMITS.pauseMs);
    return ms === null ? null : { kind, ms };
  }
  const at = { bar: readBar(fields.get('bar'), spot, around), width: readWidth(fields.get('width')) };
  const offset = needed(kind);
  if (kind === 'read') {
    const as = fields.get('as');
    const name = as === undefined ? null : readName(as);
    if (name !== null) around.names.add(name);
    return offset === null ? null : { kind, ...at, offset, as: name };
  }
  const [value, mask] = [needed('value'), optional('mask')];
  if (offset === null || value === null) return null;
  if (kind === 'write') return { kind, ...at, offset, value, mask };
  const within = fields.get('within');
  if (within === undefined) spot.report(`within is missing; expected milliseconds, 1 to ${LIMITS.waitMs}`);
  const withinMs = readCount(within, 'milliseconds', LIMITS.waitMs);
  return withinMs === null ? null : { kind, ...at, offset, value, mask, withinMs };
};

/** A whole number from 1 on; null when it is none, or there is none. */
export const readCount = (spot: Spot | undefined, unit: string, most: number): number | null => {
  if (spot === undefined) return null;
  const value = readNumber(spot);
  if (value !== null && value >= 1 && value <= most) return value;
  spot.expect(`a number of ${unit}, 1 to ${most}`);
  return null;
};

/** A number, decimal or hexadecimal. */
export const readNumber = ({ text }: Spot): number | null =>
  text !== null && /^(0x[0-9a-f]{1,12}|\d{1,15})$/i.test(text) ? Number(text) : null;

const readExpression = (spot: Spot, names: ReadonlySet<string>): string | null => {
  if (spot.text === null) {
    spot.expect('a number or an expression, such as 1 << vec');
    return null;
  }
  try {
    const { names: used } = compileExpression(spot.text);
    for (const name of used) {
      if (names.has(name)) continue;
      const known = names.size === 0 ? 'none is known here' : `known here: ${[...names].join(', ')}`;
      spot.report(`'${name}' has no value; ${known}`);
      return null;
    }
    return spot.text;
  } catch (error) {
    if (!(error instanceof SuiteError)) throw error;
    spot.report(error.message);
    return null;
  }
};

const readName = (spot: Spot): string | null => {
  if (spot.text !== null && NAME.test(spot.text) && spot.text !== 'vec') return spot.text;
  spot.expect('a name of lower-case letters, digits and _, other than vec');
  return null;
};

const readWidth = (spot: Spot | undefined): Width => {
  const width = WIDTHS.find((one) => String(one) === spot?.text);
  if (spot !== undefined && width === undefined) spot.expect(`a width in bits: ${WIDTHS.join(', ')}`);
  return width ?? 32;
};

/** Without a number it is the BAR of the file, when that names only one. */
const readBar = (spot: Spot | undefined, step: Spot, { bars }: Surroundings): number => {
  const known = Object.keys(bars).map(Number);
  const [only] = known;
  if (spot === undefined && only !== undefined && known.length === 1) return only;
  const bar = known.find((one) => String(one) === spot?.text);
  if (bar !== undefined) return bar;
  const expected = `a BAR of bars: ${known.join(', ') || 'there is none'}`;
  if (spot === undefined) step.report(`bar is missing; expected ${expected}`);
  else spot.expect(expected);
  return 0;
};
