// SPDX-License-Identifier: MIT
import { type Outcome, SUCCESS } from '../bench/expect.js';
import { EVENTFDS, type Given, type Operation } from './operations.js';

/** What the device keeps of a vector that could not be delivered: IRQ-12 and MASK-02 of SPEC.md. */
type Pending = 'no' | 'yes' | 'maybe';

interface Vector {
  /** The eventfd it has; null while it is not armed. */
  readonly eventfd: number | null;
  readonly masked: boolean;
  readonly pending: Pending;
}

/** A device of MSI-X or MSI whose file is open, as SPEC.md has it. */
export type Model = readonly Vector[];

/** What an operation must do. */
export interface Expected {
  readonly outcome: Outcome;
  /** How much each eventfd is to count for it. */
  readonly signals: readonly number[];
  /** An interrupt of earlier may come now, or not: what the eventfds count now is no matter. */
  readonly settles: boolean;
  /** What INFO is to say; null for other operations. */
  readonly armed: number | null;
}

/** A device of which nobody knows what it was told before. */
export const createModel = (vectors: number): Model =>
  Array.from({ length: vectors }, () => ({ eventfd: null, masked: false, pending: 'maybe' }));

const NOTHING: Expected = {
  outcome: SUCCESS,
  signals: Array.from({ length: EVENTFDS }, () => 0),
  settles: false,
  armed: null,
};

const fails = (model: Model, outcome: Outcome): readonly [Model, Expected] => [
  model,
  { ...NOTHING, outcome },
];

const signalsTo = (eventfds: readonly number[]): readonly number[] =>
  NOTHING.signals.map((_, eventfd) => eventfds.filter((one) => one === eventfd).length);

/** What an operation makes of a model, and what must be seen of it on a device. Pure. */
export const step = (model: Model, operation: Operation): readonly [Model, Expected] => {
  switch (operation.kind) {
    case 'set':
      return set(model, operation.vector, [operation.given]);
    case 'block':
      return operation.given.length === 0
        ? fails(model, 'EINVAL')
        : set(model, operation.start, operation.given);
    case 'mask':
    case 'unmask':
    case 'trigger':
      return onArmed(model, operation.kind, operation.vector);
    case 'raise':
      return raise(model, operation.vector);
    case 'write':
      return write(model, operation.value);
    case 'info':
      return [model, { ...NOTHING, armed: model.filter(({ eventfd }) => eventfd !== null).length }];
    case 'open again':
      return fails(model, 'EBUSY');
    case 'reopen':
      return [model.map(disarmed), NOTHING];
  }
};

const REFUSED: Readonly<Partial<Record<Given, Outcome>>> = {
  negative: 'EBADF',
  closed: 'EBADF',
  'no eventfd': 'EINVAL',
};

const set = (model: Model, start: number, given: readonly Given[]): readonly [Model, Expected] => {
  if (start + given.length > model.length) return fails(model, 'ERANGE');
  const refused = given.map((one) => REFUSED[one]).find((outcome) => outcome !== undefined);
  if (refused !== undefined) return fails(model, refused);
  const settles = given.some((one, at) => typeof one === 'number' && mayCome(model[start + at]));
  const next = model.map((vector, at) => {
    const one = given[at - start];
    if (typeof one === 'number') return armed(vector, one);
    return one === undefined ? vector : disarmed(vector);
  });
  return [next, { ...NOTHING, settles }];
};

const mayCome = (vector: Vector | undefined): boolean => vector?.eventfd === null && vector.pending !== 'no';

const armed = (vector: Vector, eventfd: number): Vector =>
  vector.eventfd === null ? { eventfd, masked: false, pending: 'no' } : { ...vector, eventfd };

const disarmed = ({ pending }: Vector): Vector => ({
  eventfd: null,
  masked: false,
  pending: pending === 'no' ? 'no' : 'maybe',
});

const masked = (vector: Vector): Vector => (vector.eventfd === null ? vector : { ...vector, masked: true });

const unmasked = (vector: Vector): Vector =>
  vector.eventfd === null ? vector : { ...vector, masked: false, pending: 'no' };

/** What comes when these vectors are unmasked. */
const kept = (vectors: readonly Vector[]): readonly number[] =>
  signalsTo(
    vectors.flatMap(({ eventfd, pending }) => (eventfd !== null && pending === 'yes' ? [eventfd] : [])),
  );

const onArmed = (
  model: Model,
  kind: 'mask' | 'unmask' | 'trigger',
  at: number,
): readonly [Model, Expected] => {
  const vector = model[at];
  if (vector === undefined) return fails(model, 'ERANGE');
  if (vector.eventfd === null) return fails(model, 'ENOENT');
  if (kind === 'trigger') return [model, { ...NOTHING, signals: signalsTo([vector.eventfd]) }];
  if (kind === 'mask') return [model.with(at, masked(vector)), NOTHING];
  return [model.with(at, unmasked(vector)), { ...NOTHING, signals: kept([vector]) }];
};

const raise = (model: Model, at: number): readonly [Model, Expected] => {
  const vector = model[at];
  if (vector === undefined) return [model, NOTHING];
  if (vector.eventfd === null) return [model.with(at, { ...vector, pending: 'maybe' }), NOTHING];
  if (vector.masked) return [model.with(at, { ...vector, pending: 'yes' }), NOTHING];
  return [model, { ...NOTHING, signals: signalsTo([vector.eventfd]) }];
};

const write = (model: Model, value: number): readonly [Model, Expected] => {
  if (value === 0) return [model.map(masked), NOTHING];
  if (value === 1) return [model.map(unmasked), { ...NOTHING, signals: kept(model) }];
  return fails(model, 'EINVAL');
};
