// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SILENCE_MS } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { Skip } from '../bench/verdicts.js';
import { deviceFolder } from '../pci/sysfs.js';
import { defineCase } from './define.js';

/** What a reset forgets and every device with MSI-X has: a message that waits to be sent. */
const reset = defineCase({
  id: 'life.reset',
  title: 'the last close resets the device: a message that it kept is forgotten',
  clauses: ['LIFE-11'],
  needs: ['provoker', 'msix'],
  run: (bench) => {
    const { rig } = bench;
    const methods = join(deviceFolder(rig.roots, rig.bdf), 'reset_method');
    if (!existsSync(methods) || readFileSync(methods, 'utf8').trim() === '')
      throw new Skip('the kernel knows no way to reset this device');
    const first = bench.open();
    bench.raise(0);
    bench.sys.poll([], SILENCE_MS);
    const pending = bench.isPending(0);
    if (pending === null) throw new Skip('its pending bits cannot be seen');
    expectEqual('a message of vector 0, raised while not armed, waits', pending, true);
    bench.close(first);
    bench.open();
    expectEqual('it waits after the last close and another open', bench.isPending(0), false);
  },
});

export const resetCases = [reset];
