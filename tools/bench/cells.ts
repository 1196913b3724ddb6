// SPDX-License-Identifier: MIT
import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openState, run } from '@uio-msi/host';
import { ensureKernel, loadCatalogue, openStore, selectKernels } from '@uio-msi/kernels';
import { silent } from '@uio-msi/model';
import { loadSeries } from '@uio-msi/series';
import type { Bench, BenchContext, Measurement } from './bench.js';
import { median } from './clock.js';
import { makeLargeCheckout } from './large-checkout.js';
import { type Measured, measured } from './measured.js';

const CELLS = 10_000;
const RUNS = 3;
const LOG = 130_000;

/** A matrix of ten thousand cells of which all is known: its plan, a night, and the report of it. */
export const cells: Bench = {
  name: 'cells',
  title: `${CELLS} cells of which all is known`,
  run: async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'uio-msi-bench-'));
    try {
      return await measureIn(folder, context);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const measureIn = async (
  folder: string,
  { root, state, say }: BenchContext,
): Promise<readonly Measurement[]> => {
  const [checkout, large] = [join(folder, 'checkout'), join(folder, 'state')];
  say('a checkout and a state folder of their own, on the kernels that are there');
  const { matrix } = await loadSeries(join(root, 'patches/uio_msi'));
  await shareKernels(root, state, large, matrix.kernels);
  await makeLargeCheckout(root, checkout, matrix.kernels, CELLS);
  const uioMsi = (...args: string[]) => measured(join(checkout, 'uio-msi'), [...args, '--state', large]);
  await uioMsi('matrix'); // the command and the suite are bundled first: the suite is part of keys
  say('what all stages of all cells gave, made up');
  const fill = [...NODE, join(root, 'packages/cli/testing/fill-ledger.ts'), checkout, large];
  const { exitCode, stderr } = await run(process.execPath, fill, { cwd: root });
  if (exitCode !== 0) throw new Error(`the ledger was not filled: ${stderr.slice(-2000)}`);
  const ledger = join(large, 'ledger');
  await uioMsi('matrix', '--json', join(folder, 'plan.json'));
  requireKnown(await readFile(join(folder, 'plan.json'), 'utf8'));
  const plan = await several(() => uioMsi('matrix'));
  say('the same entries read by Node.js alone');
  const plain = await several(() => measured(process.execPath, ['-e', READ_ALL, ledger]));
  say('two nights, the second beside the first');
  await uioMsi('nightly');
  const night = await several(() => uioMsi('nightly'), 1);
  say('reports, without logs and with them');
  const report = await several(() => uioMsi('report'));
  await addLogs(join(ledger, 'build'));
  const withLogs = await several(() => uioMsi('report'));
  return [
    {
      ...row(`\`matrix\`, ${CELLS} cells, all known`, plan, 5),
      plain: { what: '`JSON.parse` of the same results', seconds: plain.seconds },
    },
    row(`\`nightly\`, ${CELLS} cells, nothing new`, night),
    row(`\`report\` of ${CELLS} cells`, report),
    row(`\`report\` of ${CELLS} cells, each with a build log of ${LOG / 1000} KB`, withLogs),
  ];
};

const NODE = ['--conditions=@uio-msi/source', '--import', './tools/register.mjs'];

/** Object stores are large and only grow: the kernels of one are shared, what else is in a state folder is not. */
const shareKernels = async (
  root: string,
  from: string,
  to: string,
  lines: readonly string[],
): Promise<void> => {
  const store = await openStore(await openState(from));
  const catalogue = await loadCatalogue(join(root, 'linux-tree/kernels.yaml'));
  for (const kernel of selectKernels(catalogue, lines))
    await ensureKernel(store, kernel, { progress: silent });
  await mkdir(to);
  await symlink(store.gitDir, join(to, 'store.git'));
};

/** @throws when there is anything to do: its time would be that of something else */
const requireKnown = (plan: string): void => {
  const { cells: found } = JSON.parse(plan) as { cells: readonly { status: string }[] };
  const known = found.filter(({ status }) => status === 'known').length;
  if (known !== CELLS)
    throw new Error(`${known} of ${CELLS} cells are known: are the tools of doctor there?`);
};

// A file's first line says what came of a stage, the second has all of it.
const READ_ALL = `
  const { readdirSync, readFileSync } = require('node:fs');
  const [ledger] = process.argv.slice(1);
  for (const stage of readdirSync(ledger))
    for (const name of readdirSync(ledger + '/' + stage))
      if (name.endsWith('.json'))
        JSON.parse(readFileSync(ledger + '/' + stage + '/' + name, 'utf8').split('\\n')[1]);
`;

/** Gives each entry of a folder the same log, which is there once. */
const addLogs = async (dir: string): Promise<void> => {
  const lines = Array.from({ length: LOG / 32 }, (_, at) => `  CC      drivers/uio/part-${1000 + at}.o`);
  const log = join(dir, 'log');
  await writeFile(log, gzipSync(lines.join('\n')));
  for (const name of await readdir(dir))
    if (name.endsWith('.json')) await link(log, join(dir, name.replace(/\.json$/, '.log.gz')));
};

interface Several extends Measured {
  readonly runs: number;
}

const several = async (work: () => Promise<Measured>, runs = RUNS): Promise<Several> => {
  const found: Measured[] = [];
  while (found.length < runs) found.push(await work());
  const of = (name: keyof Measured) => median(found.map((one) => one[name]));
  return { seconds: of('seconds'), mib: of('mib'), runs };
};

const row = (what: string, { seconds, mib, runs }: Several, most?: number): Measurement => ({
  what: `${what}, in ${Math.round(mib)} MiB`,
  ...{ seconds, runs },
  goal: most === undefined ? '' : `at most ${most} s`,
  kept: most === undefined || seconds <= most,
});
