// SPDX-License-Identifier: MIT
// The driver never fails: the short run again and again, each in a guest of its own.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { run, writeAtomic } from '@uio-msi/host';
import { whileBusy } from './busy.js';
import { type JobResult, type Trial, trialOf } from './trial.js';

const USAGE = `usage: npm run steady -- [--times N] [--loaded N] [--machine NAME] [--kernel VERSION] [--state DIR] [--json FILE]

Runs the suite N times (50) at depth quick in a machine (small), the last of them (10) while every
processor has something else to do. Ends with 0 when each was good.`;

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '50' },
    loaded: { type: 'string', default: '10' },
    machine: { type: 'string', default: 'small' },
    kernel: { type: 'string', default: '7.2.6' },
    state: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const [times, loaded] = [Number(values.times), Number(values.loaded)];
if (values.help || !Number.isSafeInteger(times) || times < 1 || !Number.isSafeInteger(loaded)) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}

const root = resolve(import.meta.dirname, '../..');
const state = values.state ?? process.env['UIO_MSI_STATE'] ?? join(root, 'linux-tree/state');
const SUITE = 'node /suite/suite.mjs run --all-known --disposable --depth quick --stream /run/result';

/** @throws {Error} when there was no guest: that says nothing of the driver */
const once = async (): Promise<Trial> => {
  const { stdout, stderr } = await run(join(root, 'uio-msi'), [
    ...['boot', '--machines', values.machine, '--kernels', values.kernel, '--state', state],
    ...['--run', SUITE, '--json', '-'],
  ]);
  if (stdout === '') throw new Error(`no guest ran: ${stderr.slice(-2000)}`);
  return trialOf(JSON.parse(stdout) as JobResult);
};

const trials: (Trial & { readonly loaded: boolean })[] = [];
for (let nth = 1; nth <= times; nth++) {
  const busy = nth > times - loaded;
  const trial = await (busy ? whileBusy(once) : once());
  trials.push({ ...trial, loaded: busy });
  console.log(
    `${nth}/${times}${busy ? ', loaded' : ''}: ${trial.good ? 'good' : 'BAD'}, ${trial.passed} passed in ${trial.seconds} s`,
  );
  for (const trouble of trial.troubles) console.log(`  ${trouble}`);
  if (values.json) await writeAtomic(values.json, `${JSON.stringify({ version: 1, trials }, null, 2)}\n`);
}
const good = trials.filter((trial) => trial.good).length;
console.log(`${good} of ${times} runs were good; the last ${loaded} had a loaded machine`);
process.exitCode = good === times ? 0 : 1;
