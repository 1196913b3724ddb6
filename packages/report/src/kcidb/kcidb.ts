// SPDX-License-Identifier: MIT
import {
  type CellResult,
  type Change,
  caseIdentity,
  cellKey,
  compareRuns,
  type RunResult,
  UserError,
  withoutNumbers,
} from '@uio-msi/model';
import { type CellObjects, cellObjects, idsOfTests, testKey, testsOf } from './cell.js';
import { excerpt, type IdOf, idsOf } from './ids.js';
import type { Incident, Issue } from './schema.js';

type Place = Pick<Incident, 'build_id' | 'test_id'>;

/** One failure at one place. */
interface Failure {
  readonly fingerprint: string;
  readonly comment: string;
  readonly harness: boolean;
  readonly place: Place | null;
}

/** Where the parts of a cell went. */
interface Places extends Pick<CellObjects, 'build'> {
  readonly testIds: ReadonlyMap<string, string>;
}

const placeOf = ({ build, testIds }: Places, stage: string, part?: string): Place | null => {
  if (stage === 'build') return build && { build_id: build.id };
  const id = testIds.get(testKey(stage, part)) ?? testIds.get(testKey(stage));
  return id === undefined ? null : { test_id: id };
};

const changePlace = (objects: Places, { stage, subject }: Change): Place | null => {
  if (stage === null) return null;
  if (subject.type === 'case') return placeOf(objects, stage, caseIdentity(subject));
  return placeOf(objects, stage, subject.type === 'check' ? subject.name : undefined);
};

const codeFailures = (changes: readonly Change[], places: ReadonlyMap<string, Places>): Failure[] =>
  changes.map((change) => {
    const own = places.get(cellKey(change.cell));
    return {
      fingerprint: change.fingerprint,
      comment: [change.title, change.reason].filter(Boolean).join(': '),
      harness: false,
      place: own ? changePlace(own, change) : null,
    };
  });

const harnessFailures = (cells: readonly CellResult[], places: ReadonlyMap<string, Places>): Failure[] =>
  cells.flatMap((cell) =>
    cell.stages
      .filter(({ verdict }) => verdict === 'ERROR')
      .map(({ stage, reason }) => {
        const own = places.get(cell.key);
        return {
          fingerprint: `error ${stage}: ${withoutNumbers(reason ?? '')}`,
          comment: `${stage}: ${reason}`,
          harness: true,
          place: own ? placeOf(own, stage) : null,
        };
      }),
  );

const issueOf = ({ fingerprint, comment, harness }: Failure, origin: string, idOf: IdOf): Issue => ({
  id: idOf('issue', fingerprint),
  version: 1,
  origin,
  culprit: { code: !harness, tool: false, harness },
  comment: excerpt(comment),
});

const byId = <T extends { readonly id: string }>(things: readonly T[]): readonly T[] => [
  ...new Map(things.map((thing) => [thing.id, thing])).values(),
];

/**
 * A run in KCIDB's format, v5.3: kernels with the series applied are checkouts, cells builds,
 * stages, checks and cases tests; what fails is an issue, and each place where it does an incident.
 * Ids come from what a thing is: what was looked up and not done again keeps its id in every run.
 *
 * @param origin the name of the system that reports: lower case letters, digits and underscores
 * @returns JSON ({@link Kcidb}) in pieces: there may be millions of tests, and never more than those of a cell at once
 * @throws {UserError} `bad-origin`
 */
export const renderKcidb = (run: RunResult, origin: string): Iterable<string> => {
  if (/^[a-z0-9_]+$/.test(origin)) return pieces(run, origin);
  throw new UserError({
    code: 'bad-origin',
    message: `${JSON.stringify(origin)} cannot be an origin`,
    why: 'KCIDB knows systems by lower case letters, digits and underscores',
    next: 'name the system that reports, as agreed with KernelCI: --origin example_lab',
  });
};

function* pieces(run: RunResult, origin: string): Generator<string> {
  const idOf = idsOf(origin);
  const byKey = new Map(run.cells.map((cell) => [cell.key, cellObjects(run, cell, origin, idOf)]));
  const all = [...byKey.values()];
  const changes = compareRuns(null, run).filter(({ kind }) => kind === 'new-failure');
  const failing = new Set([...changes.map(({ cell }) => cellKey(cell)), ...harnessKeys(run.cells)]);
  const places = new Map<string, Places>();
  yield `{"version":{"major":5,"minor":3},"checkouts":${json(all.map(({ checkout }) => checkout))}`;
  yield `,"builds":${json(all.flatMap(({ build }) => build ?? []))},"tests":[`;
  let comma = '';
  for (const objects of all) {
    const tests = testsOf(run, objects, idOf);
    const { key } = objects.cell;
    if (failing.has(key)) places.set(key, { build: objects.build, testIds: idsOfTests(tests) });
    for (const test of byId(tests.map(([, one]) => one))) {
      yield `${comma}${JSON.stringify(test)}`;
      comma = ',';
    }
  }
  const failures = [...codeFailures(changes, places), ...harnessFailures(run.cells, places)];
  yield `],"issues":${json(failures.map((failure) => issueOf(failure, origin, idOf)))}`;
  yield `,"incidents":${json(failures.flatMap((failure) => incidentsOf(failure, origin, idOf)))}}\n`;
}

const json = (things: readonly { readonly id: string }[]): string => JSON.stringify(byId(things));

const harnessKeys = (cells: readonly CellResult[]): readonly string[] =>
  cells.filter(({ stages }) => stages.some(({ verdict }) => verdict === 'ERROR')).map(({ key }) => key);

const incidentsOf = (failure: Failure, origin: string, idOf: IdOf): readonly Incident[] => {
  const { place } = failure;
  if (place === null) return [];
  const { id, version } = issueOf(failure, origin, idOf);
  const incident = { origin, issue_id: id, issue_version: version, present: true, ...place };
  return [{ id: idOf('incident', id, place), ...incident }];
};
