// SPDX-License-Identifier: MIT

import { CASES } from '../cases/table.js';
import { UserError } from '../errors.js';
import { deviceFacts, kernelFacts, machineFacts, moduleFacts } from '../evidence/facts.js';
import { type Finished, openRecorder, type Recorder } from '../evidence/recorder.js';
import type { Statement } from '../evidence/statement.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { passedOf } from '../profiles/judge.js';
import { PROFILE_NAMES } from '../profiles/profiles.js';
import { readWaivers, type Waiver } from '../profiles/waivers.js';
import type { Candidate } from '../run/select.js';
import { UAPI } from '../uapi/uio-msi.js';
import { SUITE_VERSION } from '../version.js';

/** What `run` is told of the bundle it is to leave behind. */
export interface BundleOptions {
  readonly out?: string;
  readonly profile: readonly string[];
  readonly product: string;
  readonly vendor: string;
  readonly contact: string;
  readonly waivers?: string;
}

/** A bundle that a run is to leave behind. */
export interface Bundle extends Pick<Recorder, 'reporter' | 'discard'> {
  /** Completes it, when the devices are back, and says where it is. Gives whether all claims hold. */
  finish(): boolean;
}

const BY_DEFAULT = ['core'];

/** What a bundle is to claim, and where it goes. */
export interface Claim extends Pick<BundleOptions, 'product' | 'vendor' | 'contact'> {
  readonly out: string;
  readonly profiles: readonly string[];
  readonly waivers: readonly Waiver[];
}

/**
 * What the options ask for; null when no bundle is wanted. Touches nothing.
 *
 * @throws UserError for a profile that is none, or waivers that are none
 */
export const readClaim = (options: BundleOptions): Claim | null => {
  const { out, product, vendor, contact } = options;
  if (out === undefined) {
    if (options.profile.length > 0 || options.waivers !== undefined)
      throw new UserError('Profiles are claimed and waived in a bundle: say with --out where it goes');
    return null;
  }
  const profiles = options.profile.length > 0 ? [...new Set(options.profile)] : BY_DEFAULT;
  const unknown = profiles.find((name) => !(PROFILE_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UserError(`There is no profile ${unknown}. There are ${PROFILE_NAMES.join(', ')}`);
  const waivers = readWaivers(options.waivers);
  const strange = waivers.find((waiver) => CASES.every(({ id }) => id !== waiver.case));
  if (strange !== undefined)
    throw new UserError(
      `${options.waivers}: ${strange.id} waives a case that there is not: ${strange.case}. 'list' names them all`,
    );
  return { out, product, vendor, contact, profiles, waivers };
};

/**
 * Begins the bundle of a run; null when none is wanted.
 *
 * @throws UserError for a place that is taken
 */
export const openBundle = (claim: Claim | null, devices: readonly Candidate[]): Bundle | null => {
  if (claim === null) return null;
  const { out, product, vendor, contact, profiles, waivers } = claim;
  const tested = devices.map(({ bdf, model }) => deviceFacts(KERNEL_ROOTS, bdf, model?.file?.text ?? null));
  const recorder = openRecorder(
    out,
    tested.map(({ bdf }) => bdf),
  );
  const started = new Date().toISOString();
  return {
    reporter: recorder.reporter,
    discard: recorder.discard,
    finish: () => {
      const statement: Statement = {
        version: 1,
        claim: { product, vendor, contact, profiles },
        suite: SUITE_VERSION,
        uapi: UAPI,
        command: ['uio-msi-conformance', ...process.argv.slice(2)],
        started,
        ended: new Date().toISOString(),
        machine: machineFacts(KERNEL_ROOTS),
        kernel: kernelFacts(KERNEL_ROOTS, recorder.taintBefore),
        modules: moduleFacts(KERNEL_ROOTS),
        devices: tested,
        waivers,
      };
      return tell(recorder.finish(statement));
    },
  };
};

const tell = ({ folder, archive, digest, judgements }: Finished): boolean => {
  const lines = [
    `bundle: ${folder} and ${archive}`,
    `digest: sha256:${digest}`,
    ...judgements.map(
      (judgement) => `${judgement.profile}: ${judgement.standing}, ${passedOf(judgement)} cases`,
    ),
  ];
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  return judgements.every(({ standing }) => standing === 'passed' || standing === 'waived');
};
