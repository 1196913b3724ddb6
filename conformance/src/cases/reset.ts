// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench/bench.js';
import { SILENCE_MS } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { Skip } from '../bench/verdicts.js';
import { deviceFolder } from '../pci/sysfs.js';
import { defineCase } from './define.js';

/** Ways of the kernel after which a device has forgotten everything; power states (pm) are not among them in QEMU. */
const THOROUGH = ['device_specific', 'acpi', 'flr', 'af_flr', 'bus', 'cxl_bus'];

const resetMethod = ({ rig: { roots, bdf } }: Bench): string => {
  const file = join(deviceFolder(roots, bdf), 'reset_method');
  const [first = ''] = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ') : [];
  return first;
};

/** What a reset forgets and every device with MSI-X has: a message that waits to be sent. */
const reset = defineCase({
  id: 'life.reset',
  scope: 'device',
  title: 'the last close resets the device: a message that it kept is forgotten',
  clauses: ['LIFE-11'],
  needs: ['provoker', 'msix'],
  run: (bench) => {
    const method = resetMethod(bench);
    if (!THOROUGH.includes(method))
      throw new Skip(`the kernel has no way to reset this device that shows (${method || 'none at all'})`);
    // Not the first: some devices raise that while they are set up.
    const vector = bench.vectors.length - 1;
    const first = bench.open();
    bench.raise(vector);
    bench.sys.poll([], SILENCE_MS);
    const pending = bench.isPending(vector);
    if (pending === null) throw new Skip('its pending bits cannot be seen');
    const what = `a message of vector ${vector}, raised while not armed, waits`;
    expectEqual(what, pending, true);
    // To silence the device, or to get it ready again, makes some forget it, too.
    bench.leaveAsserting();
    bench.close(first);
    bench.open();
    expectEqual(`${what} after the last close and another open`, bench.isPendingUntouched(vector), false);
  },
});

export const resetCases = [reset];
