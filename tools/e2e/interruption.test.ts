// SPDX-License-Identifier: MIT
import { STAGES } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { changeDriver } from './broken-series.js';
import { start, uioMsiJson } from './command.js';
import { descendantsOf, type Process, stillThere } from './processes.js';

// A harmless edit that no run before this one has seen, so that there is something to do.
const editedSeries = (): Promise<string> =>
  // What the module shows: by a comment alone it stays as it was, and whether it boots may be known.
  changeDriver((text) =>
    text.replace(/(#define DRIVER_VERSION)\s+"[^"]*"/, `$1 "${process.hrtime.bigint()}"`),
  );

const gone = (processes: readonly Process[]) =>
  expect.poll(() => stillThere(processes), { timeout: 5000 }).toEqual([]);

it.each([
  ['build', 'make'],
  ['boot', 'qemu-system-x86'],
])('Ctrl-C in %s ends with 130, and leaves no %s and no lock', async (stage, name) => {
  const series = await editedSeries();
  const run = start('check', '--series', series, '--machines', 'small', '-v');
  await run.saw(`  ${stage} ...`);
  const names = async () => (await descendantsOf(run.pid)).map((one) => one.name);
  await expect.poll(names, { timeout: 30_000 }).toContain(name);
  const children = await descendantsOf(run.pid);
  run.signal('SIGINT');
  const { exitCode, stderr } = await run.ended;
  expect(stderr).toContain('interrupted');
  expect(exitCode).toBe(130);
  await gone(children);
  const { exitCode: again } = await uioMsiJson('check', '--series', series, '--stages', 'build');
  expect(again).toBe(0);
});

it('kill -9 in any stage: nothing is left, and the same command goes on from there', async () => {
  const series = await editedSeries();
  for (const stage of STAGES) {
    const run = start('check', '--series', series, '--machines', 'small', '-v');
    await run.saw(`  ${stage} ...`);
    const children = await descendantsOf(run.pid);
    run.signal('SIGKILL');
    await run.ended;
    await gone(children);
  }
  const { exitCode, json } = await uioMsiJson('check', '--series', series, '--machines', 'small');
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
