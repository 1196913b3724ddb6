// SPDX-License-Identifier: MIT
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectEqual } from '../bench/expect.js';
import { Skip } from '../bench/verdicts.js';
import { deviceFolder, readBars } from '../pci/sysfs.js';
import { defineCase } from './define.js';

/** What sysfs says of each port region: drivers/uio/uio.c, portio_attributes. */
const readRegions = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder).sort() : []).map((port) => {
    const text = (file: string) => readFileSync(join(folder, port, file), 'utf8').trim();
    return `${text('name')} ${text('start')} ${text('size')}`;
  });

const regions = defineCase({
  id: 'raw.ports',
  scope: 'device',
  title: 'each BAR of I/O ports has its region in sysfs, and the device decodes them, after safe mode too',
  clauses: ['RAW-09'],
  mode: 'raw',
  run: ({ rig }) => {
    // Safe mode switches decoding off, which firmware may have left on.
    rig.bind('safe');
    rig.bind('raw');
    const expected = readBars(rig.roots, rig.bdf).flatMap(({ start, size, isMemory }, bar) =>
      isMemory || start === 0n || size === 0
        ? []
        : [`BAR${bar} 0x${start.toString(16)} 0x${size.toString(16)}`],
    );
    if (expected.length === 0) throw new Skip('the device has no I/O ports');
    const folder = join(deviceFolder(rig.roots, rig.bdf), 'uio', rig.uio().uio, 'portio');
    expectEqual('port regions', readRegions(folder).join(', '), expected.join(', '));
    expectEqual('I/O decoding', rig.configSpace().ioDecode, true);
  },
});

export const portCases = [regions];
