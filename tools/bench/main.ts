// SPDX-License-Identifier: MIT
// The project's numbers, measured: npm run bench -- [NAME...]
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeAtomic } from '@uio-msi/host';
import { apply } from './apply.js';
import type { Bench, Measurement } from './bench.js';
import { boot } from './boot.js';
import { build } from './build.js';
import { buildCold } from './build-cold.js';
import { calls } from './calls.js';
import { cells } from './cells.js';
import { check } from './check.js';
import { cold, coldNight } from './cold.js';
import { cost } from './cost.js';
import { help } from './help.js';
import { importBench } from './import.js';
import { kernels } from './kernels.js';
import { night } from './night.js';
import { nightly } from './nightly.js';
import { preflight } from './preflight.js';
import { series } from './series.js';
import { table } from './table.js';

const BENCHES: readonly Bench[] = [
  help,
  apply,
  series,
  build,
  boot,
  cost,
  calls,
  check,
  nightly,
  preflight,
  importBench,
];
// They take from minutes to hours.
const BY_NAME: readonly Bench[] = [kernels, night, cold, coldNight, cells, buildCold];

const USAGE = `usage: npm run bench -- [--state DIR] [--kernel VERSION] [--json FILE] [NAME...]

${[...BENCHES, ...BY_NAME].map((bench) => `  ${bench.name.padEnd(10)} ${bench.title}`).join('\n')}

Without a name: all but ${BY_NAME.map(({ name }) => name).join(', ')}, which take long. Example: npm run bench -- apply build`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    state: { type: 'string' },
    kernel: { type: 'string', default: '7.2.6' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => ![...BENCHES, ...BY_NAME].some((bench) => bench.name === name));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`error: no benchmark ${unknown.join(', ')}`);
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}

const root = resolve(import.meta.dirname, '../..');
const state = values.state ?? process.env['UIO_MSI_STATE'] ?? join(root, 'linux-tree/state');
const say = (text: string) => console.error(`  ${text}`);
const chosen =
  positionals.length > 0
    ? [...BENCHES, ...BY_NAME].filter(({ name }) => positionals.includes(name))
    : BENCHES;
const rows: Measurement[] = [];
for (const bench of chosen) {
  console.error(bench.title);
  rows.push(...(await bench.run({ root, state, kernel: values.kernel, say })));
}
if (values.json) await writeAtomic(values.json, `${JSON.stringify({ version: 1, rows }, null, 2)}\n`);
console.log(table(rows));
process.exitCode = rows.every((row) => row.kept) ? 0 : 1;
