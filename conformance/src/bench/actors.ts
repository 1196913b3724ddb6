// SPDX-License-Identifier: MIT
import type { Cleanup } from './cleanup.js';
import { expectEqual } from './expect.js';
import { READY, type SecondProcess, spawnActor, spawnHolder } from './processes.js';
import type { Trace } from './uio-file.js';

/** What second processes are started with. */
interface ActorParts {
  readonly cleanup: Cleanup;
  readonly trace: Trace;
  /** The suite's own program. */
  readonly entry: string;
}

/** Something with a descriptor that a second process gets a copy of. */
interface Shared {
  readonly fd: number;
}

/** The second processes of a case. They are killed after it. */
export class Actors {
  readonly #parts: ActorParts;

  constructor(parts: ActorParts) {
    this.#parts = parts;
  }

  /** The suite's program in an actor role, see `actors/`, with what it shares. Throws Failure unless it gets ready. */
  async spawn(args: readonly string[], ...shared: readonly Shared[]): Promise<SecondProcess> {
    const child = await this.attempt(args, ...shared);
    expectEqual(`a second process (${args.join(' ')})`, child.said, READY);
    return child;
  }

  /** The same, for what may fail: it says how. */
  async attempt(args: readonly string[], ...shared: readonly Shared[]): Promise<SecondProcess> {
    this.#parts.trace(`start a second process: ${args.join(' ')}`);
    const fds = shared.map(({ fd }) => fd);
    return this.#tend(await spawnActor(this.#parts.entry, args, fds));
  }

  /** A process that holds a copy of the file, and nothing else. */
  async spawnHolder(file: Shared): Promise<SecondProcess> {
    return this.#tend(await spawnHolder(file.fd));
  }

  #tend(child: SecondProcess): SecondProcess {
    this.#parts.cleanup.add(() => child.kill());
    return child;
  }
}
