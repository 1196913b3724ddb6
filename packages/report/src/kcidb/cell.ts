// SPDX-License-Identifier: MIT
import {
  type CellResult,
  caseIdentity,
  isWorse,
  type RunResult,
  type StageResult,
  type Verdict,
} from '@uio-msi/model';
import { troubles } from '../troubles.js';
import { configured, summary } from '../words.js';
import { excerpt, type IdOf, pathOf } from './ids.js';
import type { Build, Checkout, Test } from './schema.js';

/** What a cell is in KCIDB, but its tests, which are many. */
export interface CellObjects {
  readonly cell: CellResult;
  readonly checkout: Checkout;
  /** Null when the cell did not get so far. */
  readonly build: Build | null;
}

/** A test, and what it is found by: {@link testKey}, asked only where something failed. */
export type FoundTest = readonly [key: () => string, test: Test];

/**
 * What a test of a cell is found by: its stage, and in that a check or a case on a device.
 *
 * @param part the name of a check, or a case by {@link caseIdentity}
 */
export const testKey = (stage: string, part?: string): string => JSON.stringify([stage, part]);

// Sources and patches make a checkout; what is made of it is a build.
const NO_TEST = ['source', 'apply', 'build'];

const stageOf = (cell: CellResult, name: string): StageResult | undefined =>
  cell.stages.find(({ stage }) => stage === name);

// One execution, however often it is looked up: what the ledger gives again is the same test.
// Where its log is changes when results of machines are put together.
const execution = ({ cached: _, reproduce: __, cases: ___, log: ____, ...result }: StageResult): unknown =>
  result;

const excerptOf = (lines: readonly string[]): { log_excerpt: string } | Record<never, never> =>
  lines.length === 0 ? {} : { log_excerpt: excerpt(`${lines.join('\n')}\n`) };

const checkoutOf = (run: RunResult, cell: CellResult, origin: string, idOf: IdOf): Checkout => {
  const apply = stageOf(cell, 'apply');
  const tree = apply?.outputs['tree'];
  const valid: Partial<Record<Verdict, boolean>> = { PASS: true, FAIL: false };
  return {
    id: idOf(
      'checkout',
      cell.series,
      run.content ?? cell.revision,
      cell.kernel,
      cell.prefix ?? null,
      tree ?? apply?.verdict ?? null,
    ),
    origin,
    // The tags of linux-next have no v.
    git_commit_name: excerpt(cell.kernel.replace(/^(?=\d)/, 'v')),
    comment: excerpt(`${cell.series} ${cell.revision} on ${cell.kernel}`),
    start_time: run.started,
    ...(apply && valid[apply.verdict] !== undefined && { valid: valid[apply.verdict] as boolean }),
    ...(apply && excerptOf(troubles(apply))),
    misc: { ...(tree && { tree }), ...(run.content && { series_content: run.content }) },
  };
};

const buildOf = (run: RunResult, cell: CellResult, checkout: Checkout, idOf: IdOf): Build => {
  const build = stageOf(cell, 'build');
  return {
    id: idOf('build', checkout.id, cell.key, build ? execution(build) : null),
    origin: checkout.origin,
    checkout_id: checkout.id,
    comment: excerpt(build ? summary(build) || cell.key : 'not built by this run'),
    start_time: run.started,
    architecture: cell.arch.toLowerCase().replace(/[^a-z0-9_]/g, '_'),
    compiler: excerpt(cell.toolchain),
    config_name: excerpt(configured(cell)),
    status: build?.verdict ?? 'SKIP',
    ...(build && {
      duration: build.seconds,
      command: excerpt(build.reproduce),
      ...excerptOf(troubles(build)),
    }),
  };
};

const stageTests = (
  run: RunResult,
  cell: CellResult,
  stage: StageResult,
  build: Build,
  idOf: IdOf,
): FoundTest[] => {
  const shared = { origin: build.origin, build_id: build.id, start_time: run.started };
  const whole: Test = {
    ...shared,
    id: idOf('test', build.id, execution(stage)),
    path: pathOf(cell.series, stage.stage),
    comment: excerpt(summary(stage) || stage.stage),
    status: stage.verdict,
    duration: stage.seconds,
    ...excerptOf([...troubles(stage), ...(stage.splats ?? []).map(({ text }) => text)]),
    misc: { reproduce: stage.reproduce },
  };
  const checks = (stage.checks ?? []).map(
    ({ name, verdict, seconds, reason }): FoundTest => [
      () => testKey(stage.stage, name),
      {
        ...shared,
        id: idOf('test', whole.id, name),
        path: `${whole.path}.${pathOf(name)}`,
        comment: excerpt(reason ?? name),
        status: verdict,
        duration: seconds,
      },
    ],
  );
  const cases = (stage.cases ?? []).map(
    (one, at): FoundTest => [
      () => testKey(stage.stage, caseIdentity(one)),
      {
        ...shared,
        id: idOf('test', whole.id, one, at),
        path: `${whole.path}.${pathOf(one.id)}`,
        comment: excerpt(one.title),
        status: one.verdict,
        duration: one.seconds,
        environment: {
          comment: excerpt(`${one.device} with ${one.vectors} vectors`),
          misc: { device: one.device, vectors: one.vectors, ...(one.bdf !== undefined && { bdf: one.bdf }) },
        },
        ...excerptOf([one.message, one.log].filter((text) => text !== null)),
        misc: { clauses: one.clauses },
      },
    ],
  );
  return [[() => testKey(stage.stage), whole], ...checks, ...cases];
};

/** The ids of tests by what they are found by: of one case on two machines, the one that failed has the incident. */
export const idsOfTests = (tests: readonly FoundTest[]): ReadonlyMap<string, string> => {
  const found = new Map<string, Test>();
  for (const [keyOf, test] of tests) {
    const key = keyOf();
    const other = found.get(key);
    if (!other || isWorse(test.status, other.status)) found.set(key, test);
  }
  return new Map([...found].map(([key, { id }]) => [key, id]));
};

const testedIn = (cell: CellResult): readonly StageResult[] =>
  cell.stages.filter(({ stage }) => !NO_TEST.includes(stage));

/** A cell as a checkout and a build. Pure. */
export const cellObjects = (run: RunResult, cell: CellResult, origin: string, idOf: IdOf): CellObjects => {
  const checkout = checkoutOf(run, cell, origin, idOf);
  const gotThere = testedIn(cell).length > 0 || stageOf(cell, 'build') !== undefined;
  return { cell, checkout, build: gotThere ? buildOf(run, cell, checkout, idOf) : null };
};

/** The tests of a cell: its stages but those that make what is tested, their checks and cases. Pure. */
export const testsOf = (run: RunResult, { cell, build }: CellObjects, idOf: IdOf): readonly FoundTest[] =>
  build === null ? [] : testedIn(cell).flatMap((stage) => stageTests(run, cell, stage, build, idOf));
