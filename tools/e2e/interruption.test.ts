// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { STAGES } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { breakSeries, DRIVER_PATCH } from './broken-series.js';
import { start, uioMsiJson } from './command.js';

// A harmless edit that no run before this one has seen, so that there is something to do.
const editedSeries = (): Promise<string> =>
  breakSeries(
    DRIVER_PATCH,
    '+	return IRQ_HANDLED;',
    `+	return IRQ_HANDLED; /* ${process.hrtime.bigint()} */`,
  );

// Processes whose command line names what only our runs use.
const ours = async (words: readonly string[]): Promise<string[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(lines)).filter((line) => words.every((word) => line.includes(word)));
};

it('Ctrl-C ends with 130, and leaves no child and no lock', async () => {
  const series = await editedSeries();
  const first = start('check', '--series', series, '-v');
  await first.saw('conform ...');
  await sleep(4000); // into the build or the guest
  first.signal('SIGINT');
  const { exitCode, stderr } = await first.ended;
  expect(stderr).toContain('interrupted');
  expect(exitCode).toBe(130);
  expect(await ours(['check', series])).toEqual([]);
  const { exitCode: again } = await uioMsiJson('check', '--series', series, '--stages', 'build');
  expect(again).toBe(0);
});

it('kill -9 at any moment: the same command goes on from there', async () => {
  const series = await editedSeries();
  for (const seconds of [0.3, 1, 2, 4, 8]) {
    const run = start('check', '--series', series);
    await sleep(seconds * 1000);
    run.signal('SIGKILL');
    await run.ended;
  }
  const { exitCode, json } = await uioMsiJson('check', '--series', series);
  expect(json.cells[0]?.stages.map(({ stage, verdict }) => [stage, verdict])).toEqual(
    STAGES.map((stage) => [stage, 'PASS']),
  );
  expect(exitCode).toBe(0);
});

it('two runs at once on one state folder both come to their end', async () => {
  const series = await editedSeries();
  const both = await Promise.all([
    uioMsiJson('check', '--series', series, '--stages', 'build'),
    uioMsiJson('check', '--series', series, '--stages', 'build'),
  ]);
  expect(both.map(({ json }) => json.verdict)).toEqual(['PASS', 'PASS']);
  expect(both.filter(({ stderr }) => stderr.includes('waiting for another run'))).toHaveLength(1);
});
