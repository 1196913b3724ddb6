// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import type { RunResult, StageName, StageResult } from '@uio-msi/model';
import { driverIn, editedSeries } from '../series/edited.js';
import type { BenchContext } from './bench.js';

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

const VERSION = /(#define DRIVER_VERSION)\s+"[^"]*"/;

/** Gives `work` the folder of a copy of the series, and a function that edits the driver in it. */
export const withEditedSeries = async <T>(
  context: BenchContext,
  work: (series: string, edit: () => Promise<void>) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-bench-'));
  try {
    const { result } = await uioMsi(context, ['series', 'apply']);
    const { tree = '' } = stageOf(result, 'apply').outputs;
    const text = await driverIn(join(context.state, 'store.git'), tree);
    const source = join(context.root, 'patches/uio_msi');
    const { dir, edit } = await editedSeries(source, join(folder, 'uio_msi'), text);
    // An edit that no ledger has seen, and that the module shows: a comment would boot nothing anew.
    const editAnew = () => edit((before) => before.replace(VERSION, `$1 "${Date.now()}"`));
    await editAnew();
    return await work(dir, editAnew);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
