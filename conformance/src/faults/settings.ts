// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Skip } from '../bench/verdicts.js';

/** What can be made to fail: Documentation/fault-injection/fault-injection.rst. The first must be there. */
const CAPABILITIES = ['failslab', 'fail_page_alloc', 'fail_usercopy'];

/** How: also what may wait for memory, which is nearly all, and without a trace in the log for each. */
const SETTINGS: Readonly<Record<string, string>> = {
  'ignore-gfp-wait': 'N',
  'cache-filter': 'N',
  'min-order': '0',
  verbose: '0',
};

/**
 * What is spared: the files in /proc/irq. Those that find no memory are removed with the others
 * later, with a warning for each (kernel/irq/proc.c), whatever driver had the interrupt.
 */
const SPARED = 'register_irq_proc';

/**
 * Sets fault injection up, has `use` work with it, and puts back what was set before.
 *
 * @param debugfs where debugfs is mounted, or will be
 * @throws Skip naming the option that this kernel lacks
 */
export const withFaultSettings = <T>(use: () => T, debugfs = '/sys/kernel/debug'): T => {
  if (!existsSync('/proc/thread-self/fail-nth')) {
    throw new Skip('this kernel cannot make allocations fail: it has no CONFIG_FAULT_INJECTION');
  }
  const unmount = mountIfMissing(debugfs);
  try {
    const values = Object.entries({ ...SETTINGS, ...spared(debugfs) }).flatMap(([name, value]) =>
      CAPABILITIES.map((capability) => ({ file: join(debugfs, capability, name), value })),
    );
    const there = values.filter(({ file }) => existsSync(file));
    const before = there.map(({ file }) => ({ file, value: readFileSync(file, 'utf8') }));
    try {
      for (const { file, value } of there) writeFileSync(file, value);
      return use();
    } finally {
      for (const { file, value } of before) writeFileSync(file, value);
    }
  } finally {
    unmount();
  }
};

/** The settings that spare SPARED. */
const spared = (debugfs: string): Readonly<Record<string, string>> => {
  const missing = {
    'ignore-gfp-wait': 'CONFIG_FAILSLAB',
    'reject-start': 'CONFIG_FAULT_INJECTION_STACKTRACE_FILTER',
  };
  for (const [name, option] of Object.entries(missing)) {
    const file = join(debugfs, 'failslab', name);
    if (!existsSync(file))
      throw new Skip(`${file} is missing: this kernel has no ${option}, or no debugfs for it`);
  }
  const range = findFunction(readFileSync('/proc/kallsyms', 'utf8'), SPARED);
  if (range === null) throw new Skip(`/proc/kallsyms does not say where ${SPARED} is`);
  return { 'reject-start': range.start, 'reject-end': range.end };
};

/** Where a function of the kernel begins, and what comes after it, from /proc/kallsyms. Pure. */
export const findFunction = (kallsyms: string, name: string): { start: string; end: string } | null => {
  const symbols = kallsyms.split('\n').map((line) => line.split(/\s+/));
  const start = symbols.find(([, , symbol]) => symbol === name)?.[0];
  const end = symbols
    .map(([address = '']) => address)
    .filter((address) => start !== undefined && address > start)
    .reduce<string | null>((least, address) => (least === null || address < least ? address : least), null);
  return start === undefined || end === null || /^0*$/.test(start)
    ? null
    : { start: `0x${start}`, end: `0x${end}` };
};

/** Mounts debugfs unless it is there, and gives the way to undo that. */
export const mountIfMissing = (debugfs: string): (() => void) => {
  const isMounted = readFileSync('/proc/self/mounts', 'utf8').includes(` ${debugfs} debugfs `);
  if (isMounted || !/\bdebugfs$/m.test(readFileSync('/proc/filesystems', 'utf8'))) return () => undefined;
  execFileSync('mount', ['-t', 'debugfs', 'debugfs', debugfs]);
  return () => void execFileSync('umount', [debugfs]);
};
