// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Skip } from '../bench/verdicts.js';
import { findSpared, type Spared } from './spared.js';

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
 * Sets fault injection up, has `use` work with it, and puts back what was set before.
 *
 * @param spare whose allocations do not fail, though the call comes by them
 * @param debugfs where debugfs is mounted, or will be
 * @throws Skip naming the option that this kernel lacks
 */
export const withFaultSettings = <T>(use: () => T, spare: Spared, debugfs = '/sys/kernel/debug'): T => {
  if (!existsSync('/proc/thread-self/fail-nth')) {
    throw new Skip('this kernel cannot make allocations fail: it has no CONFIG_FAULT_INJECTION');
  }
  const unmount = mountIfMissing(debugfs);
  try {
    const values = Object.entries({ ...SETTINGS, ...spareSettings(debugfs, spare) }).flatMap(
      ([name, value]) => CAPABILITIES.map((capability) => ({ file: join(debugfs, capability, name), value })),
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

/** Debugfs files without which a fault cannot be injected as it must be, and the option that brings each. */
const REQUIRED = {
  'ignore-gfp-wait': 'CONFIG_FAILSLAB',
  'reject-start': 'CONFIG_FAULT_INJECTION_STACKTRACE_FILTER',
};

/** An allocation does not fail when one of its callers is in this range. */
const spareSettings = (debugfs: string, spare: Spared): Readonly<Record<string, string>> => {
  for (const [name, option] of Object.entries(REQUIRED)) {
    const file = join(debugfs, 'failslab', name);
    if (!existsSync(file))
      throw new Skip(`${file} is missing: this kernel has no ${option}, or no debugfs for it`);
  }
  const range = findSpared(readFileSync('/proc/kallsyms', 'utf8'), spare);
  return range === null ? {} : { 'reject-start': range.start, 'reject-end': range.end };
};

/** Mounts debugfs unless it is there, and gives the way to undo that. */
export const mountIfMissing = (debugfs: string): (() => void) => {
  const isMounted = readFileSync('/proc/self/mounts', 'utf8').includes(` ${debugfs} debugfs `);
  if (isMounted || !/\bdebugfs$/m.test(readFileSync('/proc/filesystems', 'utf8'))) return () => undefined;
  execFileSync('mount', ['-t', 'debugfs', 'debugfs', debugfs]);
  return () => void execFileSync('umount', [debugfs]);
};
