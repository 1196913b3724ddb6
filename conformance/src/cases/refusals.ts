// SPDX-License-Identifier: MIT
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench/bench.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { findRefused, offer, type Parameters } from '../bench/subjects.js';
import { Failure, Skip } from '../bench/verdicts.js';
import { openKernelLog } from '../health/kernel-log.js';
import type { Bdf } from '../pci/address.js';
import { COMMAND_IO, COMMAND_MEMORY } from '../pci/config-space.js';
import type { Refusal } from '../pci/refusal.js';
import { type Step, stepsToBind, stepsToUnbind, take } from '../pci/steps.js';
import { deviceFolder, enableCount, readConfigSpace, readPciDevice } from '../pci/sysfs.js';
import { uioNames } from '../pci/uio.js';
import { defineCase } from './define.js';

const SAFE: Parameters = { raw_access: 'N', raw_vfs: 'N' };
const RAW: Parameters = { raw_access: 'Y', raw_vfs: 'N' };
const RAW_AND_VFS: Parameters = { raw_access: 'Y', raw_vfs: 'Y' };
const VFS: Parameters = { raw_access: 'N', raw_vfs: 'Y' };

/**
 * What of a command register is memory and I/O decoding. Firmware may leave it off; pci_enable_device()
 * turns it on, and pci_disable_device() only bus mastering off (drivers/pci/pci.c).
 */
const decodingOf = (command: number): number => command & (COMMAND_IO | COMMAND_MEMORY);

/** Offers the device, and expects that the driver refuses it, says why, and leaves it as it was. */
const expectRefusal = (bench: Bench, bdf: Bdf, parameters: Parameters, why: RegExp): void => {
  const { roots } = bench.rig;
  const log = openKernelLog(bench.sys);
  bench.later(() => log.close());
  const before = readConfigSpace(roots, bdf).command;
  const enabled = enableCount(roots, bdf);
  const settings = JSON.stringify(parameters);
  if (offer(bench, bdf, parameters)) throw new Failure(`the driver took ${bdf} with ${settings}`);
  const lines = log.take().filter((line) => line.includes(bdf));
  expectThat(
    lines.some((line) => why.test(line)),
    `the log of refusing ${bdf} with ${settings} should match ${why}, it says: ${lines.join('; ') || 'nothing'}`,
  );
  const command = (value: number) => `0x${value.toString(16)}`;
  expectEqual(
    `command register of ${bdf} afterwards`,
    command(readConfigSpace(roots, bdf).command),
    command(before | decodingOf(readConfigSpace(roots, bdf).command)),
  );
  expectEqual(`drivers that have ${bdf} enabled (sysfs enable) afterwards`, enableCount(roots, bdf), enabled);
  expectEqual(`UIO devices of ${bdf}`, uioNames(roots, bdf).join(' '), '');
};

const refusal = (kind: Refusal, id: string, title: string, clause: string, why: RegExp) =>
  defineCase({
    id: `refuse.${id}`,
    title,
    clauses: [clause, 'REFUSE-05'],
    scope: 'machine',
    run: (bench) => {
      const bdf = findRefused(bench, kind);
      for (const parameters of [SAFE, RAW, RAW_AND_VFS]) expectRefusal(bench, bdf, parameters, why);
    },
  });

const noInterrupt = refusal(
  'no interrupt',
  'no-interrupt',
  'a device without an interrupt is refused',
  'REFUSE-01',
  /no interrupt/,
);

const bridge = refusal('bridge', 'bridge', 'a bridge is refused', 'REFUSE-02', /bridge/);

const iommu = refusal(
  'iommu',
  'iommu',
  'a device behind an IOMMU is refused, in both modes, with the advice to use vfio-pci',
  'REFUSE-03',
  /use vfio-pci/,
);

/** Lets a physical function have virtual ones and does nothing else: drivers/pci/pci-pf-stub.c. */
const STUB = 'pci-pf-stub';

/** Makes a virtual function of the device under test, which had none; it goes after the case. */
const makeVirtualFunction = (bench: Bench): Bdf => {
  const { roots, bdf } = bench.rig;
  if (!bench.machine.disposable) throw new Skip('makes a virtual function: run it with --disposable');
  const at = (file: string) => join(deviceFolder(roots, bdf), file);
  const total = at('sriov_totalvfs');
  if (!existsSync(total) || Number(readFileSync(total, 'utf8')) === 0)
    throw new Skip('the device has no virtual functions');
  if (!existsSync(join(roots.sys, 'bus/pci/drivers', STUB)))
    throw new Skip(`this kernel has no ${STUB}, with which virtual functions are made`);
  const numvfs = (value: string): Step => ({ file: at('sriov_numvfs'), value });
  bench.rig.unbind();
  bench.later(() => bench.rig.unbind());
  take(stepsToBind(roots, readPciDevice(roots, bdf), STUB));
  bench.later(() => take([numvfs('0')]));
  // The kernel would offer it to drivers that know its id.
  const autoprobe = at('sriov_drivers_autoprobe');
  const before = readFileSync(autoprobe, 'utf8');
  bench.later(() => writeFileSync(autoprobe, before));
  writeFileSync(autoprobe, '0\n');
  take([numvfs('1')]);
  const [name] = readFileSync(join(at('virtfn0'), 'uevent'), 'utf8').match(/(?<=PCI_SLOT_NAME=)\S+/) ?? [];
  if (name === undefined) throw new Skip('the device made no virtual function');
  return name;
};

const virtual = defineCase({
  id: 'refuse.virtual-function',
  scope: 'device',
  title: 'a virtual function is refused unless raw_access and raw_vfs are both set',
  clauses: ['REFUSE-04', 'REFUSE-05'],
  run: (bench) => {
    const bdf = makeVirtualFunction(bench);
    for (const parameters of [SAFE, RAW, VFS]) expectRefusal(bench, bdf, parameters, /virtual function/);
    expectThat(
      offer(bench, bdf, RAW_AND_VFS),
      `the driver refused ${bdf} although raw_access and raw_vfs are set`,
    );
    expectEqual(`UIO devices of ${bdf}`, uioNames(bench.rig.roots, bdf).length, 1);
    take(stepsToUnbind(bench.rig.roots, readPciDevice(bench.rig.roots, bdf)));
  },
});

const physical = defineCase({
  id: 'refuse.has-virtual-functions',
  scope: 'device',
  title: 'a device that has virtual functions is refused',
  clauses: ['REFUSE-06', 'REFUSE-05'],
  run: (bench) => {
    makeVirtualFunction(bench);
    expectRefusal(bench, bench.rig.bdf, SAFE, /has virtual functions/);
  },
});

export const refusalCases = [noInterrupt, bridge, iommu, virtual, physical];
