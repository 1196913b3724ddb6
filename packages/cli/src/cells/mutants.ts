// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { findToolchain } from '@uio-msi/build';
import { EXIT, UserError } from '@uio-msi/model';
import {
  exitCodeOf,
  type Fate,
  loadMutants,
  type Mutant,
  type MutantResult,
  plan,
  runMutants,
  UNMUTATED,
} from '@uio-msi/pipeline';
import { renderSummary } from '@uio-msi/report';
import type { Outcome } from '../command/spec.js';
import type { MutantsOptions } from '../commands/mutants.js';
import type { World } from '../world/world.js';
import { runStages, suiteBundle } from './check.js';
import { choose } from './choose.js';
import { requireOne } from './one-guest.js';

const FOLDER = 'conformance/mutants';

/** Builds the cell that is chosen, then tries mutants of its driver. */
export const tryMutants = async (options: MutantsOptions, world: World): Promise<Outcome> => {
  const mutants = pick(await loadMutants(join(world.root, FOLDER)), options.only ?? null);
  const choice = await choose(options, world);
  requireOne({ ...choice, machines: [] }, 'mutants');
  const result = await runStages(options, ['build'], world);
  const outputs = (stage: string) =>
    result.cells[0]?.stages.find((one) => one.stage === stage)?.outputs ?? {};
  const toolchain = await findToolchain(options.toolchain ?? null);
  const [planned] = plan({ ...choice, toolchains: [toolchain] });
  const { tree } = outputs('apply');
  if (planned === undefined || tree === undefined || outputs('build')['artefacts'] === undefined)
    return {
      exitCode: exitCodeOf(result.verdict),
      text: renderSummary(result, { colour: world.color, report: null }).trimEnd(),
      json: result,
    };
  const results = await runMutants({
    ...{ state: await world.openState(), mutants, planned, tree, toolchain, run: result.run },
    outputs: outputs('build'),
    suiteBundle: () => suiteBundle(world.root),
    progress: world.progress,
    signal: world.signal,
  });
  return {
    exitCode: isGood(results) ? EXIT.good : EXIT.failures,
    text: describe(mutants, results),
    json: { version: 1, run: result.run, kernel: planned.kernel.version, results },
  };
};

const pick = (mutants: readonly Mutant[], only: readonly string[] | null): readonly Mutant[] => {
  const unknown = only?.find((id) => mutants.every((one) => one.id !== id));
  if (unknown !== undefined)
    throw new UserError({
      code: 'unknown-mutant',
      message: `there is no mutant ${unknown}`,
      next: `look for its id in ${FOLDER}`,
    });
  return only === null ? mutants : mutants.filter(({ id }) => only.includes(id));
};

const isControl = ({ id }: MutantResult): boolean => id.startsWith(UNMUTATED);

const isGood = (results: readonly MutantResult[]): boolean =>
  results.every((one) => one.fate === (isControl(one) ? 'survived' : 'caught'));

const WORDS: Readonly<Record<Fate, string>> = {
  caught: 'caught',
  'caught-by-another': 'caught by another case',
  survived: 'survived',
  'does-not-apply': 'does not apply to the series',
  'does-not-build': 'does not build',
  error: 'not known',
};

/** What became of mutants, for a person: a line each, and the counts. Pure. */
export const describe = (mutants: readonly Mutant[], results: readonly MutantResult[]): string => {
  const wrong = new Map(mutants.map((one) => [one.id, one.wrong]));
  const tried = results.filter((one) => !isControl(one));
  const lines = tried.flatMap((one) => [
    `${one.id}: ${WORDS[one.fate]}${one.case === null ? '' : `, ${one.case}`}${one.cached ? ' (known)' : ''}`,
    `  ${wrong.get(one.id)}`,
    ...(one.message === null ? [] : [`  ${one.message.split('\n')[0]}`]),
  ]);
  const controls = results
    .filter(isControl)
    .map(({ id, fate, case: failed, message }) =>
      fate === 'survived'
        ? `${id}: passes all of these cases`
        : `${id}: ${failed ?? WORDS[fate]}: ${message}: what it says of mutants is worth nothing`,
    );
  const counts = Object.entries(WORDS).flatMap(([fate, words]) => {
    const { length } = tried.filter((one) => one.fate === fate);
    return length === 0 ? [] : [`${length} ${words}`];
  });
  return [...lines, '', ...controls, `${tried.length} mutants: ${counts.join(', ')}`].join('\n');
};
