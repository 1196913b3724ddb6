// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { explore, showFinding } from './explore.js';
import { EVENTFDS, type Given, type Operation } from './operations.js';
import { type Player, play } from './play.js';

interface Vector {
  eventfd: number | null;
  masked: boolean;
  waiting: boolean;
}

/** A driver in memory, written another way than the model: it does what it is told, vector by vector. */
class Driver implements Player {
  readonly vectors = 4;
  protected readonly all: Vector[] = Array.from({ length: 4 }, () => ({
    ...{ eventfd: null, masked: false, waiting: false },
  }));
  protected counts = Array.from({ length: EVENTFDS }, () => 0);

  take(): readonly number[] {
    const taken = this.counts;
    this.counts = taken.map(() => 0);
    return taken;
  }

  armed(): number {
    return this.all.filter(({ eventfd }) => eventfd !== null).length;
  }

  protected signal(eventfd: number | null): void {
    if (eventfd !== null) this.counts[eventfd] = (this.counts[eventfd] ?? 0) + 1;
  }

  protected unmask(vector: Vector): void {
    vector.masked = false;
    if (vector.waiting) this.signal(vector.eventfd);
    vector.waiting = false;
  }

  protected replace(vector: Vector, eventfd: number): void {
    const wasArmed = vector.eventfd !== null;
    vector.eventfd = eventfd;
    if (!wasArmed) this.unmask(vector);
  }

  protected disarm(vector: Vector): void {
    vector.eventfd = null;
    vector.masked = false;
  }

  protected refusal(given: readonly Given[]): string | null {
    for (const one of given) {
      if (one === 'negative' || one === 'closed') return 'EBADF';
      if (one === 'no eventfd') return 'EINVAL';
    }
    return null;
  }

  protected set(start: number, given: readonly Given[]): string {
    if (start + given.length > this.all.length) return 'ERANGE';
    const refused = this.refusal(given);
    if (refused !== null) return refused;
    given.forEach((one, at) => {
      const vector = this.all[start + at];
      if (vector && typeof one === 'number') this.replace(vector, one);
      else if (vector) this.disarm(vector);
    });
    return 'success';
  }

  protected write(value: number): string {
    if (value > 1) return 'EINVAL';
    for (const vector of this.all.filter(({ eventfd }) => eventfd !== null)) {
      if (value === 0) vector.masked = true;
      else this.unmask(vector);
    }
    return 'success';
  }

  protected trigger(vector: Vector): void {
    this.signal(vector.eventfd);
  }

  perform(operation: Operation): string {
    switch (operation.kind) {
      case 'set':
        return this.set(operation.vector, [operation.given]);
      case 'block':
        return operation.given.length === 0 ? 'EINVAL' : this.set(operation.start, operation.given);
      case 'write':
        return this.write(operation.value);
      case 'info':
        return 'success';
      case 'open again':
        return 'EBUSY';
      case 'reopen':
        for (const vector of this.all) this.disarm(vector);
        return 'success';
      default:
        return this.onVector(operation.kind, this.all[operation.vector]);
    }
  }

  private onVector(kind: 'mask' | 'unmask' | 'trigger' | 'raise', vector: Vector | undefined): string {
    if (vector === undefined) return 'ERANGE';
    if (kind === 'raise') {
      if (vector.eventfd === null || vector.masked) vector.waiting = true;
      else this.signal(vector.eventfd);
      return 'success';
    }
    if (vector.eventfd === null) return 'ENOENT';
    if (kind === 'mask') vector.masked = true;
    if (kind === 'unmask') this.unmask(vector);
    if (kind === 'trigger') this.trigger(vector);
    return 'success';
  }
}

const DEFECTS: Readonly<Record<string, new () => Driver>> = {
  'replacing unmasks': class extends Driver {
    protected override replace(vector: Vector, eventfd: number) {
      vector.eventfd = eventfd;
      this.unmask(vector);
    }
  },
  'replacing keeps the old eventfd': class extends Driver {
    protected override replace(vector: Vector, eventfd: number) {
      if (vector.eventfd === null) super.replace(vector, eventfd);
    }
  },
  'what came while masked is lost': class extends Driver {
    protected override unmask(vector: Vector) {
      vector.waiting = false;
      super.unmask(vector);
    }
  },
  'what came while masked comes twice': class extends Driver {
    protected override unmask(vector: Vector) {
      if (vector.waiting) this.signal(vector.eventfd);
      super.unmask(vector);
    }
  },
  'a mask outlives disarming': class extends Driver {
    protected override disarm(vector: Vector) {
      vector.eventfd = null;
    }
    protected override replace(vector: Vector, eventfd: number) {
      vector.eventfd = eventfd;
    }
  },
  'a refused block is half set': class extends Driver {
    protected override set(start: number, given: readonly Given[]) {
      const bad = given.findIndex((one) => this.refusal([one]) !== null);
      if (bad > 0) super.set(start, given.slice(0, bad));
      return super.set(start, given);
    }
  },
  'a trigger unmasks': class extends Driver {
    protected override trigger(vector: Vector) {
      super.trigger(vector);
      this.unmask(vector);
    }
  },
  'writing 1 unmasks all but the last': class extends Driver {
    protected override write(value: number) {
      const last = this.all.at(-1);
      const wasMasked = last?.masked ?? false;
      const waiting = last?.waiting ?? false;
      if (value !== 1 || !last || !wasMasked) return super.write(value);
      last.waiting = false;
      const outcome = super.write(value);
      Object.assign(last, { masked: true, waiting });
      return outcome;
    }
  },
  'any negative descriptor disarms': class extends Driver {
    protected override set(start: number, given: readonly Given[]) {
      return super.set(
        start,
        given.map((one) => (one === 'negative' ? 'disarm' : one)),
      );
    }
  },
};

describe('a driver in memory', () => {
  it('that is right agrees with the model, whatever the seed', () => {
    for (const seed of [0, 1, 2, 3, 0x7fff_ffff, -5])
      expect(explore({ operations: 3000, seed }, 4, (use) => use(new Driver()))).toBeNull();
  });

  it.each(Object.entries(DEFECTS))('is caught when %s, within the short dose', (_, Defective) => {
    const finding = explore({ operations: 2000, seed: 1 }, 4, (use) => use(new Defective()));
    expect(finding).not.toBeNull();
    // Shrunk: nothing in these takes more than arming, masking, raising, and a last step or two.
    expect(finding?.sequence.length).toBeLessThanOrEqual(8);
    expect(play(new Defective(), finding?.sequence ?? [])).toMatchObject({ at: finding?.at });
  });

  it('is caught the same way again with the same seed', () => {
    const Defective = DEFECTS['replacing unmasks'] ?? Driver;
    const again = () => explore({ operations: 2000, seed: 7 }, 4, (use) => use(new Defective()));
    expect(again()).toEqual(again());
  });
});

it('says the seed, the operation and the whole sequence', () => {
  const sequence: readonly Operation[] = [
    { kind: 'block', start: 1, given: [0, 'disarm'] },
    { kind: 'set', vector: 0, given: 2 },
    { kind: 'raise', vector: 0 },
  ];
  expect(showFinding({ at: 2, message: 'it differs', sequence }, { operations: 9, seed: 42 })).toBe(
    'with seed 42, operation 2: it differs; the sequence: block 1 [0, disarm]; set 0 2',
  );
});
