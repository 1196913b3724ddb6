// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { awaitCount, type Counter, takeCount } from '../bench/counter.js';
import { ARRIVAL_MS, armEach, SILENCE_MS } from '../bench/delivery.js';
import { outcomeOf, SUCCESS } from '../bench/expect.js';
import type { UioFile } from '../bench/uio-file.js';
import { DISARM } from '../uapi/uio-msi.js';
import type { Given, Operation } from './operations.js';
import type { Player } from './play.js';

/** Some devices take a moment to raise; what comes when it is not waited for would count for what is done next. */
const MOMENT_MS = 10;

/** A number that no descriptor has: more than a process may have. */
const CLOSED = 1 << 20;

/** The first vectors of a bench's device, with these eventfds, which are at zero. */
export class BenchPlayer implements Player {
  readonly vectors: number;
  readonly #bench: Bench;
  readonly #counters: readonly Counter[];
  #file: UioFile;
  #raised = false;

  constructor(bench: Bench, counters: readonly Counter[], vectors: number) {
    this.#bench = bench;
    this.#counters = counters;
    this.vectors = vectors;
    this.#file = this.#open();
  }

  /** To be called when the sequence has been played. */
  close(): void {
    this.#bench.close(this.#file);
    this.take(null);
  }

  armed(): number {
    return this.#file.info().armed;
  }

  take(least: readonly number[] | null): readonly number[] {
    const { sys } = this.#bench;
    if (least === null) sys.poll([], SILENCE_MS);
    else if (this.#raised && least.every((count) => count === 0)) sys.poll([], MOMENT_MS);
    return this.#counters.map((counter, at) => {
      const wanted = least?.[at] ?? 0;
      if (wanted > 0) awaitCount(sys, counter, wanted, ARRIVAL_MS);
      return takeCount(sys, counter);
    });
  }

  perform(operation: Operation): string {
    const file = this.#file;
    this.#raised = operation.kind === 'raise';
    switch (operation.kind) {
      case 'set':
        return file.set(this.#place(operation.vector, 1), this.#descriptor(operation.given));
      case 'block':
        return file.setBlock(
          this.#place(operation.start, operation.given.length),
          operation.given.map((one) => this.#descriptor(one)),
        );
      case 'write':
        return file.write(operation.value);
      case 'info':
        return SUCCESS;
      case 'open again':
        return this.#bench.tryOpen();
      case 'reopen':
        this.#bench.close(file);
        return outcomeOf(() => {
          this.#file = this.#open();
        });
      case 'raise':
        this.#bench.raise(operation.vector);
        return SUCCESS;
      default:
        return file.attempt(operation.kind, this.#place(operation.vector, 1));
    }
  }

  /** Opens it with nothing pending: getting a device ready may have raised what is delivered once armed. */
  #open(): UioFile {
    const file = this.#bench.open();
    this.#bench.getReady();
    const [counter] = this.#counters;
    for (let vector = 0; counter !== undefined && vector < this.vectors; vector++) {
      if (!this.#mayBePending(vector)) continue;
      armEach(this.#bench, file, [[vector, counter]]);
      file.disarm(vector);
    }
    return file;
  }

  /** What nobody can see may be, for MSI-X; without it nothing is kept. */
  #mayBePending(vector: number): boolean {
    return this.#bench.isPending(vector) ?? this.#bench.rig.interrupts === 'msix';
  }

  /** What goes beyond the vectors played with goes beyond those of the device. */
  #place(start: number, count: number): number {
    const beyond = start + count > this.vectors;
    return beyond ? start + this.#bench.rig.vectors - this.vectors : start;
  }

  #descriptor(given: Given): number {
    if (typeof given === 'number') return this.#counters[given]?.fd ?? CLOSED;
    const others = { disarm: DISARM, negative: -2, closed: CLOSED, 'no eventfd': this.#file.fd };
    return others[given];
  }
}
