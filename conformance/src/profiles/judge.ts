// SPDX-License-Identifier: MIT
import type { Case } from '../cases/define.js';
import type { CaseRecord, DeviceRecord } from '../report/records.js';
import { concerns, mandatory, maySkip, PROFILES, type ProfileName } from './profiles.js';
import type { Waiver } from './waivers.js';

/** Worst first. `incomplete`: a mandatory case was skipped, or is not there. `waived`: passed but for waivers. */
export const STANDINGS = ['failed', 'incomplete', 'waived', 'passed'] as const;

export type Standing = (typeof STANDINGS)[number];

/** Why a profile is not simply passed: one case on one device. */
export interface Objection {
  readonly case: string;
  readonly device: string;
  /** `FAIL`, `SKIP`…, or `absent` when the results do not have it. */
  readonly verdict: CaseRecord['verdict'] | 'absent';
  readonly message: string | null;
  /** The waiver that lets it pass; null without. */
  readonly waiver: Waiver | null;
}

/** What became of a profile that was claimed. */
export interface Judgement {
  readonly profile: ProfileName;
  readonly standing: Standing;
  /** How many cases it asks for, on all devices together. */
  readonly asked: number;
  readonly objections: readonly Objection[];
  /** Of those it asks for the ones that were skipped, for want of what a good machine may lack. */
  readonly lacking: readonly Lacking[];
}

/** A case that nobody could run here, and why. */
export type Lacking = Pick<Objection, 'case' | 'device' | 'message'>;

/** How many cases of a profile passed, in words. Pure. */
export const passedOf = ({ asked, objections, lacking }: Judgement): string => {
  const passed = `${asked - objections.length - lacking.length} of ${asked}`;
  return lacking.length === 0 ? passed : `${passed} (${lacking.length} cannot be tried here)`;
};

/** The results that are judged. */
export interface Results {
  readonly devices: readonly DeviceRecord[];
  readonly cases: readonly Pick<CaseRecord, 'id' | 'bdf' | 'verdict' | 'message'>[];
}

/**
 * Judges a claim from the results of cases alone. A profile is passed when every mandatory case
 * passed, or was skipped where it speaks of what a good machine may lack, on each device that it
 * concerns; for cases whose outcome does not depend on the device, on one of them. Pure.
 */
export const judgeProfile = (
  profile: ProfileName,
  results: Results,
  waivers: readonly Waiver[],
  known: readonly Case[],
): Judgement => {
  const devices = results.devices.filter((device) => concerns(PROFILES[profile], device));
  const demands = demandsOn(profile, devices, known);
  const objections = demands.flatMap((demand) => objectionTo(demand, results, waivers));
  const lacking = demands.flatMap((demand) => lackingFor(demand, results));
  const standing = standingOf(demands.length, objections);
  return { profile, standing, asked: demands.length, objections, lacking };
};

/** A case, and the devices of which one must pass it. */
interface Demand {
  readonly id: string;
  readonly devices: readonly DeviceRecord[];
}

const demandsOn = (
  profile: ProfileName,
  devices: readonly DeviceRecord[],
  known: readonly Case[],
): Demand[] => {
  const perDevice = devices.map((device) => ({ device, cases: mandatory(PROFILES[profile], device, known) }));
  return known.flatMap((test): Demand[] => {
    const able = perDevice.filter(({ cases }) => cases.includes(test)).map(({ device }) => device);
    if (able.length === 0) return [];
    const { id, scope } = test;
    return scope === 'driver' || scope === 'machine'
      ? [{ id, devices: able }]
      : able.map((device) => ({ id, devices: [device] }));
  });
};

const foundFor = ({ id, devices }: Demand, { cases }: Results) =>
  cases.filter((one) => one.id === id && devices.some(({ bdf }) => bdf === one.bdf));

const lackingFor = (demand: Demand, results: Results): Lacking[] => {
  const found = foundFor(demand, results);
  const [first] = found;
  if (first === undefined || !maySkip(demand.id) || found.some(({ verdict }) => verdict !== 'SKIP'))
    return [];
  const device = demand.devices.find(({ bdf }) => bdf === first.bdf);
  return [{ case: demand.id, device: `${device?.device} ${first.bdf}`, message: first.message }];
};

const objectionTo = (demand: Demand, results: Results, waivers: readonly Waiver[]): Objection[] => {
  const { id, devices } = demand;
  const found = foundFor(demand, results);
  if (lackingFor(demand, results).length > 0) return [];
  const worst = found.find(({ verdict }) => verdict === 'FAIL' || verdict === 'ERROR');
  if (worst === undefined && found.some(({ verdict }) => verdict === 'PASS')) return [];
  const shown = worst ?? found[0];
  const device = devices.find(({ bdf }) => bdf === shown?.bdf) ?? devices[0];
  const waiver = waivers.find((one) => one.case === id && one.device === device?.device) ?? null;
  const { verdict = 'absent', message = null } = shown ?? {};
  return [{ case: id, device: `${device?.device} ${device?.bdf}`, verdict, message, waiver }];
};

const BROKEN: readonly Objection['verdict'][] = ['FAIL', 'ERROR'];

const standingOf = (asked: number, objections: readonly Objection[]): Standing => {
  const open = objections.filter(({ waiver }) => waiver === null);
  if (open.some(({ verdict }) => BROKEN.includes(verdict))) return 'failed';
  if (open.length > 0 || asked === 0) return 'incomplete';
  return objections.length > 0 ? 'waived' : 'passed';
};
