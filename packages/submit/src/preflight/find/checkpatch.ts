// SPDX-License-Identifier: MIT
import { availableParallelism } from 'node:os';
import { CHECKS, ensureKernelFiles, inParallel } from '@uio-msi/checks';
import { remembered } from '@uio-msi/host';
import type { Finding } from '@uio-msi/model';
import { touchedPaths } from '@uio-msi/series';
import type { Revision } from '../../message/message.js';
import { patchMails } from '../revision.js';
import type { Place } from './place.js';

/**
 * What the checks of patches (checkpatch.pl --strict of the base) say of the mails, each asked once
 * for one content. Nothing is taken for expected.
 *
 * @throws {EnvironmentError} `checkpatch-failed`, `export-failed`
 * @throws {Interrupted} when the signal aborts
 */
export const checkMails = async (
  revision: Revision,
  { gitDir, base, state, signal }: Place,
): Promise<readonly Finding[]> => {
  const mails = patchMails(revision);
  const cache = state.path('kernel-files');
  const paths = [...new Set(mails.flatMap(({ patch }) => touchedPaths(patch)))];
  const kernelDir = await ensureKernelFiles({ gitDir, tree: base, checks: CHECKS, paths, cache }, { signal });
  const jobs = mails.flatMap(({ patch: { file }, raw }) =>
    CHECKS.map((check) => ({ check, patches: [{ file, text: raw }] })),
  );
  const found = await inParallel(jobs, availableParallelism(), ({ check, patches }) => {
    const inputs = { folder: kernelDir.slice(cache.length), version: check.version, patches };
    return remembered(state.path('preflight', check.name), inputs, () =>
      check.run({ patches, kernelDir }, { signal }),
    );
  });
  return found.flat();
};
