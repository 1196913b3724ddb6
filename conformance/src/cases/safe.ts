// SPDX-License-Identifier: MIT
import { chownSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectEqual, expectThat, type Outcome, outcomeOf, SUCCESS } from '../bench/expect.js';
import { hasRawMode, parameterFile, RAW_ACCESS } from '../bench/mode.js';
import { Skip } from '../bench/verdicts.js';
import { openKernelLog } from '../health/kernel-log.js';
import { isUserTainted } from '../health/taint.js';
import { deviceFolder, type Roots, readBars } from '../pci/sysfs.js';
import { MOST_MAPS } from '../pci/uio.js';
import { isLockedDown } from '../preflight/security.js';
import { NOBODY, O_RDWR } from '../sys/constants.js';
import { defineCase } from './define.js';

const noMaps = defineCase({
  id: 'safe.no-maps',
  scope: 'device',
  title: 'sysfs shows neither maps nor port regions',
  clauses: ['SAFE-01'],
  mode: 'safe',
  run: ({ rig }) => {
    const { uio } = rig.uio();
    for (const folder of ['maps', 'portio']) {
      const there = existsSync(join(deviceFolder(rig.roots, rig.bdf), 'uio', uio, folder));
      expectEqual(`folder ${folder} of ${uio}`, there, false);
    }
  },
});

const noMapping = defineCase({
  id: 'safe.no-mmap',
  title: 'the file cannot be mapped',
  clauses: ['SAFE-02'],
  mode: 'safe',
  run: (bench) => {
    const file = bench.open();
    const { pageSize } = bench.sys;
    for (let map = 0; map <= MOST_MAPS; map++) {
      const outcome = outcomeOf(() => bench.sys.mmap(file.fd, pageSize, map * pageSize));
      expectEqual(`mmap of map ${map}`, outcome, 'EINVAL');
    }
  },
});

/**
 * What mapping `resourceN` comes to: pci_mmap_resource() of drivers/pci/pci-sysfs.c asks the lockdown
 * first, and then whether somebody has the region for himself.
 */
export const mappingThrough = (roots: Roots, warned: boolean): Outcome => {
  if (isLockedDown(roots)) return 'EPERM';
  return warned ? SUCCESS : 'EINVAL';
};

const exclusive = defineCase({
  id: 'safe.no-sysfs-mmap',
  title: 'the BARs cannot be mapped through sysfs either, or the driver says in the log that they can',
  clauses: ['SAFE-03'],
  run: (bench) => {
    const { rig, sys } = bench;
    if (/\biomem=relaxed\b/.test(readFileSync(join(rig.roots.proc, 'cmdline'), 'utf8')))
      throw new Skip('this kernel was started with iomem=relaxed, which opens every region');
    const log = openKernelLog(sys);
    bench.later(() => log.close());
    rig.unbind();
    rig.bind('safe');
    const warned = log.take().some((line) => line.includes(rig.bdf) && line.includes('sysfs'));
    const resources = readBars(rig.roots, rig.bdf).flatMap(({ size, isMemory }, bar) => {
      const path = join(deviceFolder(rig.roots, rig.bdf), `resource${bar}`);
      return size > 0 && isMemory && existsSync(path) ? [path] : [];
    });
    const file = bench.open();
    for (const path of resources) {
      const fd = bench.closeLater(sys.open(path, O_RDWR));
      const outcome = outcomeOf(() => sys.munmap(sys.mmap(fd, sys.pageSize, 0), sys.pageSize));
      const what = `mmap of ${path}, of which the log says ${warned ? 'that it is possible' : 'nothing'}`;
      expectEqual(what, outcome, mappingThrough(rig.roots, warned));
    }
    bench.close(file);
  },
});

const noPorts = defineCase({
  id: 'safe.no-ports',
  title: 'the device decodes no I/O ports, whether its file is open or not',
  clauses: ['SAFE-04'],
  mode: 'safe',
  run: (bench) => {
    expectEqual('I/O decoding before the open', bench.rig.configSpace().ioDecode, false);
    bench.open();
    expectEqual('I/O decoding while open', bench.rig.configSpace().ioDecode, false);
  },
});

const anybody = defineCase({
  id: 'safe.any-process',
  title: 'a process without any capability that may open the node can open, arm and trigger',
  clauses: ['SAFE-05'],
  mode: 'safe',
  scope: 'driver',
  run: async (bench) => {
    const { node } = bench.rig.uio();
    const { uid, gid } = statSync(node);
    bench.later(() => chownSync(node, uid, gid));
    chownSync(node, NOBODY, gid);
    await bench.actors.spawn(['unprivileged', node]);
  },
});

const noTaint = defineCase({
  id: 'safe.no-taint',
  title: 'the kernel is not tainted',
  clauses: ['SAFE-06'],
  mode: 'safe',
  scope: 'driver',
  run: (bench) => {
    const { roots } = bench.rig;
    if (isUserTainted(roots)) throw new Skip('this kernel was tainted by raw access (U) before');
    const file = bench.open();
    file.arm(0, bench.counter('the eventfd'));
    bench.close(file);
    expectThat(!isUserTainted(roots), 'the kernel is tainted with U after use in safe mode');
  },
});

const keepsMode = defineCase({
  id: 'safe.parameter-changed-later',
  title: 'a device that is bound stays in safe mode when the parameter is changed',
  clauses: ['SAFE-07'],
  mode: 'safe',
  scope: 'driver',
  run: (bench) => {
    const { rig } = bench;
    if (!hasRawMode(rig.roots)) throw new Skip('this driver has no raw mode');
    const parameter = parameterFile(rig.roots, RAW_ACCESS);
    bench.later(() => writeFileSync(parameter, 'N\n'));
    writeFileSync(parameter, 'Y\n');
    const file = bench.open();
    expectEqual('flags of UIO_MSI_GET_INFO', file.info().flags, 0);
    const outcome = outcomeOf(() => bench.sys.mmap(file.fd, bench.sys.pageSize, 0));
    expectEqual('mmap of the file', outcome, 'EINVAL');
  },
});

export const safeCases = [noTaint, noMaps, noMapping, exclusive, noPorts, anybody, keepsMode];
