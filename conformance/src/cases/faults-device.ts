// SPDX-License-Identifier: MIT
import { constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench/bench.js';
import { expectEqual, outcomeOf, SUCCESS } from '../bench/expect.js';
import { expectSame, PATIENCE, withFailures } from '../faults/each-failure.js';
import { boundDriver, deviceFolder } from '../pci/sysfs.js';
import { uioNames } from '../pci/uio.js';
import { O_RDWR } from '../sys/constants.js';
import { DRIVER } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

/**
 * How binding may be refused: EFAULT where sysfs was made to fail to copy what was written, EBUSY
 * because a region whose description finds no memory looks like one that is taken: kernel/resource.c,
 * __request_region(). ENODEV is what the kernel makes of an interrupt domain that no memory was found
 * for: drivers/pci/msi/msi.c.
 */
const BIND_REFUSALS = ['ENOMEM', 'EFAULT', 'EBUSY', 'ENODEV'];

/** Binding and opening allocate something, whatever the device. */
const ALLOCATES = 1;

/** How open may be refused: ENOSPC for want of interrupts, EFAULT where its name could not be copied. */
const OPEN_REFUSALS = ['ENOMEM', 'ENOSPC', 'EFAULT'];

const text = (bench: Bench, file: string): string =>
  readFileSync(join(deviceFolder(bench.rig.roots, bench.rig.bdf), file), 'utf8').trim();

/** What of a device is as it was when nobody uses it. `enable` counts who did: drivers/pci/pci-sysfs.c. */
const idle = (bench: Bench) => {
  const { roots, bdf } = bench.rig;
  const { busMaster } = bench.rig.configSpace();
  const messages = existsSync(join(deviceFolder(roots, bdf), 'msi_irqs'));
  return { busMaster, messages, armed: bench.rig.armedVectors().size, enabled: text(bench, 'enable') };
};

const unbound = (bench: Bench) => {
  const { roots, bdf } = bench.rig;
  return { driver: boundDriver(roots, bdf), uio: uioNames(roots, bdf), ...idle(bench) };
};

/** Opens the file, arms a vector and closes it again: then all that was wanted is there. */
const expectWorks = (bench: Bench): void => {
  const counter = { fd: bench.sys.eventfd(0), label: 'the eventfd' };
  const file = bench.open();
  file.arm(0, counter);
  expectEqual('vectors armed', bench.rig.armedVectors().size, 1);
  bench.close(file);
  bench.sys.close(counter.fd);
};

/** Writes the device's address to a file of the driver, as many times as wanted. */
const openDriverFile = (bench: Bench, name: 'bind' | 'unbind'): (() => void) => {
  const path = join(bench.rig.roots.sys, 'bus/pci/drivers', DRIVER, name);
  const fd = bench.closeLater(bench.sys.open(path, constants.O_WRONLY));
  const address = new TextEncoder().encode(bench.rig.bdf);
  return () => void bench.sys.write(fd, address);
};

/** Where the header of a device tells its interrupt pin; 0 when it has none: include/uapi/linux/pci_regs.h. */
const PCI_INTERRUPT_PIN = 0x3d;

/**
 * Has `use` work with a device that has no driver and is enabled already, if it has an interrupt pin.
 * Enabling it would have ACPI look for the line, which does not survive a failing allocation: see
 * faults/spared.ts. What is left of binding allocates enough.
 */
const withLineFound = (bench: Bench, use: () => void): void => {
  const folder = deviceFolder(bench.rig.roots, bench.rig.bdf);
  const hasPin = readFileSync(join(folder, 'config'))[PCI_INTERRUPT_PIN] !== 0;
  if (hasPin) writeFileSync(join(folder, 'enable'), '1');
  try {
    use();
  } finally {
    if (hasPin) writeFileSync(join(folder, 'enable'), '0');
  }
};

const bindCase = (mode: 'safe' | 'raw') =>
  defineCase({
    id: `fault.bind-${mode}`,
    scope: 'long',
    title: `binding without memory in ${mode} mode fails, and works when done again`,
    clauses: ['FAULT-01', 'FAULT-03'],
    patience: PATIENCE,
    mode,
    run: (bench) =>
      withFailures(bench, (each) => {
        const { uio } = bench.rig.uio();
        const [bind, unbind] = [openDriverFile(bench, 'bind'), openDriverFile(bench, 'unbind')];
        unbind();
        withLineFound(bench, () => {
          const before = unbound(bench);
          each(
            `binding in ${mode} mode`,
            BIND_REFUSALS,
            (attempt) => {
              const outcome = attempt(bind);
              if (outcome !== SUCCESS) {
                expectSame('the device that could not be bound', before, unbound(bench));
                expectEqual('binding it again', outcomeOf(bind), SUCCESS);
              }
              expectEqual('driver of the device', boundDriver(bench.rig.roots, bench.rig.bdf), DRIVER);
              expectEqual('name of the UIO device', bench.rig.uio().uio, uio);
              expectWorks(bench);
              unbind();
            },
            ALLOCATES,
          );
        });
        bind();
      }),
  });

const open = defineCase({
  id: 'fault.open',
  scope: 'long',
  title: 'open without memory fails and changes nothing of the device',
  clauses: ['FAULT-01', 'FAULT-03'],
  patience: PATIENCE,
  run: (bench) =>
    withFailures(bench, (each) => {
      const { node } = bench.rig.uio();
      const before = idle(bench);
      each(
        'open',
        OPEN_REFUSALS,
        (attempt) => {
          let fd = -1;
          const outcome = attempt(() => {
            fd = bench.sys.open(node, O_RDWR);
          });
          if (outcome === SUCCESS) bench.sys.close(fd);
          expectSame('the device that is not open', before, idle(bench));
          expectWorks(bench);
        },
        ALLOCATES,
      );
    }),
});

/** Opens the file and arms vectors, as many as there are up to eight. */
const openArmed = (bench: Bench) => {
  const counter = bench.counter('the eventfd of every vector');
  const file = bench.open();
  for (const vector of bench.vectors.slice(0, 8)) file.arm(vector, counter);
  return file;
};

const close = defineCase({
  id: 'fault.close',
  scope: 'long',
  title: 'the last close does all it has to, whatever allocation fails meanwhile',
  clauses: ['FAULT-04'],
  patience: PATIENCE,
  run: (bench) =>
    withFailures(bench, (each) => {
      const before = idle(bench);
      each('the last close', [], (attempt) => {
        const file = openArmed(bench);
        attempt(() => bench.close(file));
        expectSame('the device that is not open', before, idle(bench));
        expectWorks(bench);
      });
    }),
});

const unbind = defineCase({
  id: 'fault.unbind',
  scope: 'long',
  title: 'unbinding an open device does all it has to, whatever allocation fails meanwhile',
  clauses: ['FAULT-04'],
  patience: PATIENCE,
  run: (bench) =>
    withFailures(
      bench,
      (each) => {
        const [bind, take] = [openDriverFile(bench, 'bind'), openDriverFile(bench, 'unbind')];
        take();
        const before = unbound(bench);
        // Refusals are sysfs', which copies what is written before it tells the driver.
        each('unbinding', ['ENOMEM', 'EFAULT'], (attempt) => {
          bind();
          const file = openArmed(bench);
          if (attempt(take) !== SUCCESS) take();
          expectSame('the device that was unbound', before, unbound(bench));
          bench.close(file);
        });
        bind();
        expectWorks(bench);
      },
      'acpi',
    ),
});

export const faultDeviceCases = [bindCase('safe'), bindCase('raw'), open, close, unbind];
