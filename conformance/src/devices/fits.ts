// SPDX-License-Identifier: MIT
import type { Msix } from '../pci/config-space.js';
import type { Resource } from '../pci/sysfs.js';
import type { Reach } from './bounds.js';
import { compileExpression } from './expression.js';
import { PHASES, type ProvokerFile } from './provoker-file.js';

/** Why a provoker is not one for a device with these BARs; null when it may be. Pure. */
export const misfit = ({ bars }: ProvokerFile, resources: readonly Resource[]): string | null => {
  for (const [bar, size] of Object.entries(bars)) {
    const resource = resources[Number(bar)];
    if (resource === undefined || resource.size === 0) return `the device has no BAR ${bar}`;
    if (!resource.isMemory) return `BAR ${bar} of the device is I/O ports, which no step can reach`;
    if (resource.size < size)
      return `BAR ${bar} of the device has ${resource.size} bytes, fewer than ${size}`;
  }
  return null;
};

/** Nobody can map less. */
const PAGE = 4096;
/** Bytes of an entry: PCI Local Bus Specification 3.0, 6.8.2. */
const ENTRY = 16;

/** A step that reaches a page with the MSI-X table, of which the driver gives no map; null when none does. Pure. */
export const hiddenRegisters = (file: ProvokerFile, msix: Msix | null): string | null => {
  if (msix === null) return null;
  const { bar, offset } = msix.table;
  const from = Math.floor(offset / PAGE) * PAGE;
  const to = Math.ceil((offset + msix.vectors * ENTRY) / PAGE) * PAGE;
  for (const phase of PHASES) {
    for (const step of file[phase]) {
      if (step.kind === 'pause' || step.bar !== bar) continue;
      const hidden = offsetsOf(step, file).find((place) => place >= from && place < to);
      if (hidden !== undefined)
        return `${phase} reaches 0x${hidden.toString(16)} of BAR ${bar}, on a page of the MSI-X table, which nobody can map`;
    }
  }
  return null;
};

/** For each vector; none where they depend on what the device says. */
const offsetsOf = (step: Reach['step'], file: ProvokerFile): readonly number[] => {
  const { names, evaluate } = compileExpression(step.offset);
  if ([...names].some((name) => name !== 'vec')) return [];
  return Array.from({ length: names.has('vec') ? file.vectors : 1 }, (_, vec) => Number(evaluate({ vec })));
};
