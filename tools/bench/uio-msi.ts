// SPDX-License-Identifier: MIT
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import type { RunResult, StageName, StageResult } from '@uio-msi/model';
import type { BenchContext } from './bench.js';

const DRIVER_PATCH = '0003-uio-add-uio_msi-PCI-MSI-X-vectors-as-eventfds.patch';

/** Runs the command as a user does and gives what it measured, with the seconds of the whole. */
export const uioMsi = async (
  { root, state, kernel }: BenchContext,
  args: readonly string[],
): Promise<{ readonly seconds: number; readonly result: RunResult }> => {
  const all = [...args, '--kernels', kernel, '--state', state, '--json', '-'];
  const { exitCode, stdout, stderr, seconds } = await run(join(root, 'uio-msi'), all);
  if (exitCode !== 0)
    throw new Error(`uio-msi ${all.join(' ')} exited with ${exitCode}: ${stderr.slice(-2000)}`);
  return { seconds, result: JSON.parse(stdout) };
};

/** A stage of the only cell of a run. */
export const stageOf = (result: RunResult, name: StageName): StageResult => {
  const stage = result.cells[0]?.stages.find((candidate) => candidate.stage === name);
  if (!stage) throw new Error(`the run has no stage ${name}`);
  return stage;
};

/** Gives `work` the folder of a copy of the series, and a function that edits the driver in it. */
export const withEditedSeries = async <T>(
  root: string,
  work: (series: string, edit: () => Promise<void>) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-bench-'));
  const series = join(folder, 'uio_msi');
  const edit = async () => {
    const file = join(series, DRIVER_PATCH);
    const text = await readFile(file, 'utf8');
    // The hunk keeps its number of lines; the time makes it an edit that no ledger has seen.
    const edited = text.replace(
      /^\+#define DRIVER_VERSION\t".*"$/m,
      `+#define DRIVER_VERSION\t"0.2.${Date.now()}"`,
    );
    if (edited === text) throw new Error(`${DRIVER_PATCH} has no DRIVER_VERSION to edit`);
    await writeFile(file, edited);
  };
  try {
    await cp(join(root, 'patches/uio_msi'), series, { recursive: true });
    return await work(series, edit);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
