// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import type { Case } from '../cases/define.js';
import { CASES } from '../cases/table.js';
import type { DeviceModel } from '../devices/device.js';
import { modelOf } from '../devices/table.js';
import { EnvironmentError, UserError } from '../errors.js';
import { type Bdf, parseBdf } from '../pci/address.js';
import { interruptsOf } from '../pci/config-space.js';
import { usesOf } from '../pci/in-use.js';
import { REFUSALS, type Refusal, refusalOf } from '../pci/refusal.js';
import { type Slot, slotOf } from '../pci/slot.js';
import {
  type Binding,
  deviceFolder,
  listPciDevices,
  type PciDevice,
  type Roots,
  readConfigSpace,
  readPciDevice,
} from '../pci/sysfs.js';
import type { DeviceRecord } from '../report/records.js';
import { DRIVER } from '../uapi/uio-msi.js';

/** A device that could be tested, or the reason why not. */
export interface Candidate extends DeviceRecord {
  /** Whose it is now, to be given back to. */
  readonly original: Binding;
  /** How the suite makes it raise vectors; null when it knows no way. */
  readonly model: DeviceModel | null;
  readonly obstacles: readonly string[];
  /** Its power can be switched off: once it is, nothing more is run on it. */
  readonly slot: Slot | null;
}

/** Every device that the driver would take. */
export const listCandidates = (roots: Roots): Candidate[] =>
  listPciDevices(roots)
    .filter(({ bdf }) => refusalOf(roots, bdf) === null)
    .map((device) => candidate(roots, device));

/** A device that the driver would not take. */
export interface Refused {
  readonly bdf: Bdf;
  /** `vendor:device`. */
  readonly id: string;
  readonly refusal: Refusal;
}

/** Every device that the driver would not take, and why. */
export const listRefused = (roots: Roots): Refused[] =>
  listPciDevices(roots).flatMap(({ bdf, id }) => {
    const refusal = refusalOf(roots, bdf);
    return refusal === null ? [] : [{ bdf, id, refusal }];
  });

/** Devices by address, or all that have a provoker and are nobody's. */
export const selectDevices = (
  roots: Roots,
  wanted: { readonly devices: readonly string[]; readonly allKnown: boolean; readonly force: boolean },
): Candidate[] => {
  if (wanted.devices.length === 0 && !wanted.allKnown) {
    throw new UserError(
      "No device named. Name one with --device, or use --all-known; 'list' shows what there is",
    );
  }
  const named = [...new Set(wanted.devices.map(parseBdf))].map((bdf) => {
    if (!existsSync(deviceFolder(roots, bdf))) {
      throw new UserError(`There is no PCI device ${bdf}. 'list' shows what there is`);
    }
    const refusal = refusalOf(roots, bdf);
    if (refusal !== null) throw new UserError(`${bdf} ${REFUSALS[refusal]}`);
    return refuseUsed(candidate(roots, readPciDevice(roots, bdf)), wanted.force);
  });
  const known = wanted.allKnown
    ? freeKnownDevices(roots).filter(({ bdf }) => named.every((n) => n.bdf !== bdf))
    : [];
  // Those in slots first, because what changes the machine for good runs on the last.
  const all = [...named, ...known].toSorted((a, b) => Number(b.slot !== null) - Number(a.slot !== null));
  if (all.length === 0) {
    throw new EnvironmentError(
      "This machine has no free device that the suite knows. Name one with --device; 'list' shows what there is",
    );
  }
  return all;
};

/**
 * Those that the suite knows, and that no other driver has. Only these are looked at closely: on a
 * slow machine each look costs.
 */
const freeKnownDevices = (roots: Roots): Candidate[] =>
  listPciDevices(roots)
    .filter(({ id, driver }) => modelOf(id) !== undefined && (driver === null || driver === DRIVER))
    .filter(({ bdf }) => refusalOf(roots, bdf) === null)
    .map((device) => candidate(roots, device))
    .filter(({ obstacles }) => obstacles.length === 0);

const refuseUsed = (device: Candidate, force: boolean): Candidate => {
  const [obstacle] = device.obstacles;
  if (obstacle !== undefined && !force) {
    throw new UserError(
      `${device.bdf} is in use: ${obstacle}. Release it, or add --force to take it all the same`,
    );
  }
  return device;
};

const candidate = (roots: Roots, { bdf, id, driver, override }: PciDevice): Candidate => {
  const model = modelOf(id);
  const interrupts = interruptsOf(readConfigSpace(roots, bdf));
  if (interrupts === null) throw new Error(`${bdf} has no interrupts, and was not refused for it`);
  return {
    bdf,
    device: model?.name ?? id,
    ...interrupts,
    original: { driver, override },
    model: model ?? null,
    obstacles: usesOf(roots, bdf),
    slot: slotOf(roots, bdf),
  };
};

/** Cases whose id matches one of the patterns, in which `*` stands for anything. All without patterns. */
export const selectCases = (patterns: readonly string[], cases: readonly Case[] = CASES): readonly Case[] => {
  if (patterns.length === 0) return cases;
  const wanted = patterns.map(globToRegExp);
  const selected = cases.filter(({ id }) => wanted.some((pattern) => pattern.test(id)));
  if (selected.length === 0)
    throw new UserError(`No case matches ${patterns.join(', ')}. 'list' names them all`);
  return selected;
};

const globToRegExp = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
