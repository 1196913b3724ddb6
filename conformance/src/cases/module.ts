// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench/bench.js';
import { expectEqual, outcomeOf } from '../bench/expect.js';
import { Skip } from '../bench/verdicts.js';
import { DRIVER } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const useCount = (bench: Bench): number => {
  const file = join(bench.rig.roots.sys, 'module', DRIVER, 'refcnt');
  if (!existsSync(file)) throw new Skip(`${DRIVER} is built into this kernel, or it cannot unload modules`);
  return Number(readFileSync(file, 'utf8'));
};

const pinned = defineCase({
  id: 'module.pinned',
  title: 'the module cannot be unloaded while a file is open',
  clauses: ['SYS-06'],
  run: (bench) => {
    const before = useCount(bench);
    const file = bench.open();
    expectEqual('use count of the module while open', useCount(bench), before + 1);
    // Only now is the attempt harmless: with no user it would take every device from the driver.
    expectEqual(
      'rmmod while open',
      outcomeOf(() => bench.sys.deleteModule(DRIVER)),
      'EAGAIN',
    );
    bench.close(file);
    expectEqual('use count of the module after close', useCount(bench), before);
  },
});

export const moduleCases = [pinned];
