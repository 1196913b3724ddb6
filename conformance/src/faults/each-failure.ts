// SPDX-License-Identifier: MIT
import { setFlagsFromString } from 'node:v8';
import type { Bench } from '../bench/bench.js';
import { expectThat } from '../bench/expect.js';
import { O_RDWR } from '../sys/constants.js';
import { exhaust, type Trial } from './exhaust.js';
import { createInjector } from './injector.js';
import { withFaultSettings } from './settings.js';
import type { Spared } from './spared.js';

/**
 * What the cases may take: hundreds of calls, with a reset of the device for most. The kernel says
 * something about each, so that nobody takes the machine for one that hangs.
 */
export const PATIENCE = 6;

/** Makes a call again and again, each time with a later allocation of it failing: see exhaust(). */
export type EachFailure = (what: string, errnos: readonly string[], trial: Trial, least?: number) => void;

/**
 * Has `use` make allocations fail. How many did goes into the kernel's log, because a case that
 * passes says nothing else.
 *
 * @param spare code that the call comes by and that does not survive a failing allocation
 * @throws Skip on a kernel without fault injection
 */
export const withFailures = (
  bench: Bench,
  use: (each: EachFailure) => void,
  spare: Spared = 'irq-files',
): void =>
  withFaultSettings(() => {
    // What is compiled stays: compiling it again would need memory while allocations fail.
    setFlagsFromString('--no-flush-bytecode');
    const inject = createInjector(bench.sys);
    use((what, errnos, trial, least) => {
      const { failed, refused } = exhaust(inject, what, errnos, trial, least);
      note(bench, `${what}: ${failed} allocations failed, ${refused} of them the call`);
    });
  }, spare);

const note = ({ sys }: Bench, text: string): void => {
  const log = sys.open('/dev/kmsg', O_RDWR);
  sys.write(log, new TextEncoder().encode(`<6>uio-msi-conformance: ${text}\n`));
  sys.close(log);
};

/** Something that is the same before and after a call that was refused. */
export const expectSame = (what: string, before: unknown, after: unknown): void => {
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)];
  expectThat(was === is, `${what}: was ${was}, is ${is} now`);
};
