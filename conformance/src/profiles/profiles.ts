// SPDX-License-Identifier: MIT
import { type Case, modeOf } from '../cases/define.js';
import { type Facts, missingNeed } from '../cases/needs.js';
import type { InterruptType } from '../pci/config-space.js';
import type { DeviceRecord } from '../report/records.js';

/** A set of cases that a product is claimed to pass, whole. */
export interface Profile {
  readonly summary: string;
  /** Only devices that interrupt like this have it; all without. */
  readonly interrupts?: InterruptType;
  /** Whether a case belongs to it. */
  includes(test: Case): boolean;
}

/**
 * Those that say something of the machine around the device or of a kernel made for tests, and those
 * that a machine does not come back from: they are run and reported, and no profile asks for them.
 */
const INFORMATION = ['refuse', 'fault'];
/**
 * Those that speak of what a good device, or a good machine, may lack. A profile asks that they are run and do
 * not fail; that they are skipped is no objection.
 */
const IF_THERE: Readonly<Record<string, string>> = {
  'raw.ports': 'I/O ports',
  'life.reset': 'a reset that the kernel can do',
  'identity.bus-master-left-on':
    'a kernel that lets root write to configuration space: not under Secure Boot',
  'info.granted': 'a second device, of which the kernel grants fewer messages than it has',
  'compat.every-operation': 'programs of 32 bits',
  'safe.no-taint': 'a kernel that nobody has tainted by raw access since it was started',
  'module.pinned': 'a driver that is a module',
  'many.one-by-one': 'a kernel that grants a thousand vectors to a device that has them',
  'many.block-too-large': 'fewer interrupts than the device has vectors',
  'line.neighbour': 'another device on the line',
  'line.left-asserting': 'another device on the line',
  'line.unclaimed': 'another device on the line',
};

/** Whether a good device on a good machine may lack what the case speaks of, so that it is skipped. */
export const maySkip = (id: string): boolean => Object.hasOwn(IF_THERE, id);

const group = ({ id }: Case): string => id.split('.')[0] ?? '';
const counts = (test: Case): boolean => !INFORMATION.includes(group(test)) && test.irreversible === undefined;

const isRemoval = (test: Case): boolean => group(test) === 'rem';
const needs = (test: Case, need: 'provoker' | 'line' | 'messages'): boolean =>
  test.needs?.includes(need) === true;
/** What the device itself must do, and the suite must know how to have it done. */
const byHardware = (test: Case): boolean => counts(test) && needs(test, 'provoker');

/** What can be claimed. A case is in one profile of each device at most. */
export const PROFILES = {
  core: {
    summary: 'binding, ioctls, eventfds and ownership, by software triggers: what every device can show',
    includes: (test) =>
      counts(test) && !needs(test, 'provoker') && !isRemoval(test) && modeOf(test) !== 'raw',
  },
  msix: {
    summary: 'MSI-X: the device itself raises every vector, masked, unmasked, and back after it was removed',
    interrupts: 'msix',
    includes: (test) => byHardware(test) && !needs(test, 'line'),
  },
  msi: {
    summary: 'MSI: the device itself raises its messages, masked, unmasked, and back after it was removed',
    interrupts: 'msi',
    includes: (test) => byHardware(test) && !needs(test, 'line'),
  },
  intx: {
    summary: 'the interrupt line, asserted by the device, masked, let go, and back after it was removed',
    interrupts: 'intx',
    includes: (test) => byHardware(test),
  },
  removal: {
    summary: 'taken away from the driver while in use, by software triggers: what every device can show',
    includes: (test) => counts(test) && isRemoval(test) && !needs(test, 'provoker'),
  },
  raw: {
    summary: 'raw mode: the BARs that may be mapped, and what keeps others out',
    includes: (test) =>
      counts(test) && !needs(test, 'provoker') && !isRemoval(test) && modeOf(test) === 'raw',
  },
  vf: {
    summary: 'a device with SR-IOV: refused while it has virtual functions, as these are',
    includes: ({ id }) => ['refuse.virtual-function', 'refuse.has-virtual-functions'].includes(id),
  },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof PROFILES;

export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];

/** Whether a profile speaks of a device. */
export const concerns = (profile: Profile, { interrupts }: DeviceRecord): boolean =>
  profile.interrupts === undefined || profile.interrupts === interrupts;

/**
 * The cases of a profile that a device must pass. Only what it plainly lacks lets one off: vectors,
 * or a type of interrupts. That nobody knows how to have it raise an interrupt does not. Pure.
 */
export const mandatory = (
  profile: Profile,
  device: DeviceRecord,
  cases: readonly Case[],
): readonly Case[] => {
  const { interrupts, vectors } = device;
  const facts: Facts = { interrupts, vectors, model: ABLE };
  return cases.filter((test) => profile.includes(test) && missingNeed(test.needs, facts) === null);
};

/** A model as every device is taken to have one. */
const ABLE: Facts['model'] = {
  name: 'any',
  ids: [],
  provoker: () => {
    throw new Error('it is only looked at');
  },
};
