// SPDX-License-Identifier: MIT
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunResult, StageName, StageResult } from '@uio-msi/model';
import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest';
import { runCells } from '../src/run/run.js';
import { type Changes, type Place, requestFor, type ServedKernel, serveFakeKernel } from './served-kernel.js';

/** The patch of the fake series that brings its driver. */
export const DRIVER = '0002-uio-add-a-driver-for-PCI-devices-with-MSI-X.patch';

/** A statement of that driver. */
export const DRIVER_LINE = 'return info->name && cmd ? (long)arg : -1;';

/** A stage of a run's only cell. */
export const stageOf = ({ cells }: RunResult, name: StageName): StageResult => {
  const found = cells[0]?.stages.find(({ stage }) => stage === name);
  if (!found) throw new Error(`no stage ${name}`);
  return found;
};

/** Real runs of the fake series on the fake kernel, with a series and a state folder of each test's own. */
export const useFakeKernel = (): {
  readonly now: () => Place & Pick<ServedKernel, 'kernel'>;
  readonly check: (changes?: Changes) => Promise<RunResult>;
  /** Edits a file of the series. */
  readonly edit: (from: string | RegExp, to: string, file?: string) => Promise<void>;
} => {
  // A real make takes a while on a machine that does other things.
  vi.setConfig({ testTimeout: 180_000 });
  let served: ServedKernel;
  let place: Place & Pick<ServedKernel, 'kernel'>;
  beforeAll(async () => {
    served = await serveFakeKernel();
  });
  afterAll(() => served.end());
  beforeEach(async () => {
    place = { ...(await served.place()), kernel: served.kernel };
  });
  return {
    now: () => place,
    check: async (changes = {}) => runCells(await requestFor(place, changes)),
    edit: async (from, to, file = DRIVER) => {
      const path = join(place.series, file);
      const text = await readFile(path, 'utf8');
      expect(text).toMatch(from);
      await writeFile(path, text.replace(from, to));
    },
  };
};
