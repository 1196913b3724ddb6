// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import type { Case } from '../cases/define.js';
import { CASES } from '../cases/table.js';
import type { DeviceModel } from '../devices/device.js';
import { hiddenRegisters, misfit } from '../devices/fits.js';
import { loadProvoker } from '../devices/load-provoker.js';
import type { ProvokerFile } from '../devices/provoker-file.js';
import { deviceModels, modelFor } from '../devices/table.js';
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
  readBars,
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

/** Every device that the driver would take; `provoker` as in {@link Wanted}. */
export const listCandidates = (roots: Roots, provoker: readonly string[] = []): Candidate[] => {
  const models = deviceModels(provoker.map(loadProvoker));
  return listPciDevices(roots)
    .filter(({ bdf }) => refusalOf(roots, bdf) === null)
    .map((device) => candidate(roots, device, models));
};

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

/** Which devices somebody wants to be tested. */
export interface Wanted {
  readonly devices: readonly string[];
  readonly allKnown: boolean;
  readonly force: boolean;
  /** Paths of provoker files, for devices that the suite does not know or knows in another way. */
  readonly provoker?: readonly string[];
}

/** Devices by address, or all that have a provoker and are nobody's. */
export const selectDevices = (roots: Roots, wanted: Wanted): Candidate[] => {
  if (wanted.devices.length === 0 && !wanted.allKnown) {
    throw new UserError(
      "No device named. Name one with --device, or use --all-known; 'list' shows what there is",
    );
  }
  const files = (wanted.provoker ?? []).map((path) => ({ path, file: loadProvoker(path) }));
  const models = deviceModels(files.map(({ file }) => file));
  const named = [...new Set(wanted.devices.map(parseBdf))].map((bdf) => {
    if (!existsSync(deviceFolder(roots, bdf))) {
      throw new UserError(`There is no PCI device ${bdf}. 'list' shows what there is`);
    }
    const refusal = refusalOf(roots, bdf);
    refuse(bdf, refusal);
    return refuseUsed(candidate(roots, readPciDevice(roots, bdf), models), wanted.force);
  });
  const known = wanted.allKnown
    ? freeKnownDevices(roots, models).filter(({ bdf }) => named.every((n) => n.bdf !== bdf))
    : [];
  // Those in slots first, because what changes the machine for good runs on the last.
  const all = [...named, ...known].toSorted((a, b) => Number(b.slot !== null) - Number(a.slot !== null));
  if (all.length === 0) {
    throw new EnvironmentError(
      "This machine has no free device that the suite knows. Name one with --device; 'list' shows what there is",
    );
  }
  for (const { path, file } of files) requireUse(path, file, all, roots);
  return all;
};

/** @throws UserError when the file is for none of the devices, or not for one that it names. */
const requireUse = (path: string, file: ProvokerFile, devices: readonly Candidate[], roots: Roots): void => {
  const meant = devices.filter(({ model }) => model?.file === file);
  if (meant.length === 0)
    throw new UserError(`${path} is for ${file.match.join(', ')}: none of the devices of this run`);
  for (const { bdf } of meant) {
    const why = misfit(file, readBars(roots, bdf)) ?? hiddenRegisters(file, readConfigSpace(roots, bdf).msix);
    if (why !== null) throw new UserError(`${path} does not fit ${bdf}: ${why}`);
  }
};

/**
 * Those that the suite knows, and that no other driver has. Only these are looked at closely: on a
 * slow machine each look costs.
 */
const freeKnownDevices = (roots: Roots, models: readonly DeviceModel[]): Candidate[] =>
  listPciDevices(roots)
    .filter(({ id, driver }) => modelFor(id, models) !== null && (driver === null || driver === DRIVER))
    .filter(({ bdf }) => {
      const refusal = refusalOf(roots, bdf);
      if (refusal === 'unseen') refuse(bdf, refusal);
      return refusal === null;
    })
    .map((device) => candidate(roots, device, models))
    .filter(({ obstacles }) => obstacles.length === 0);

const refuse = (bdf: Bdf, refusal: Refusal | null): void => {
  if (refusal === 'unseen') throw new EnvironmentError(`${bdf} ${REFUSALS[refusal]}. Run it again as root`);
  if (refusal !== null) throw new UserError(`${bdf} ${REFUSALS[refusal]}`);
};

const refuseUsed = (device: Candidate, force: boolean): Candidate => {
  const [obstacle] = device.obstacles;
  if (obstacle !== undefined && !force) {
    throw new UserError(
      `${device.bdf} is in use: ${obstacle}. Release it, or add --force to take it all the same`,
    );
  }
  return device;
};

const candidate = (
  roots: Roots,
  { bdf, id, driver, override }: PciDevice,
  models: readonly DeviceModel[],
): Candidate => {
  const model = modelFor(id, models);
  const interrupts = interruptsOf(readConfigSpace(roots, bdf));
  if (interrupts === null) throw new Error(`${bdf} has no interrupts, and was not refused for it`);
  return {
    bdf,
    device: model?.name ?? id,
    ...interrupts,
    original: { driver, override },
    model,
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
