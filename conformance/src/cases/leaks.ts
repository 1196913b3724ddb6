// SPDX-License-Identifier: MIT
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expectThat } from '../bench/expect.js';
import { Skip } from '../bench/verdicts.js';
import { mountIfMissing } from '../faults/settings.js';
import { leakedByUio, parseKmemleak } from '../health/kmemleak.js';
import { defineCase } from './define.js';

const DEBUGFS = '/sys/kernel/debug';
const KMEMLEAK = `${DEBUGFS}/kmemleak`;

/** kmemleak reports nothing younger: MSECS_MIN_AGE in mm/kmemleak.c, and some. */
const AGE_MS = 5500;

const kmemleak = defineCase({
  id: 'fault.kmemleak',
  title: 'kmemleak finds nothing that the driver allocated and forgot, in any case before',
  clauses: ['FAULT-05', 'KRN-01'],
  scope: 'machine',
  run: (bench) => {
    const unmount = mountIfMissing(DEBUGFS);
    try {
      if (!existsSync(KMEMLEAK)) throw new Skip('this kernel has no kmemleak: CONFIG_DEBUG_KMEMLEAK');
      bench.sys.poll([], AGE_MS);
      // The first look takes note of each object's content, the second finds it unchanged.
      for (let look = 0; look < 2; look++) writeFileSync(KMEMLEAK, 'scan');
      const [first, ...more] = leakedByUio(parseKmemleak(readFileSync(KMEMLEAK, 'utf8')));
      expectThat(
        first === undefined,
        `kmemleak found ${more.length + 1} objects, first: ${first?.what}, by ${first?.backtrace.slice(0, 6).join(', ')}`,
      );
    } finally {
      unmount();
    }
  },
});

export const leakCases = [kmemleak];
