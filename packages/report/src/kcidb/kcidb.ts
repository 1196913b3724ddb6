// SPDX-License-Identifier: MIT
import {
  type Change,
  caseIdentity,
  compareRuns,
  type RunResult,
  resultsOf,
  UserError,
  withoutNumbers,
} from '@uio-msi/model';
import { type CellObjects, cellObjects, type FoundTest, idsOfTests, testKey, testsOf } from './cell.js';
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

/** What failed in a result, and where. */
const failuresOf = ({ cell, build }: CellObjects, tests: readonly FoundTest[]): readonly Failure[] => {
  const changes = compareRuns(null, { cells: [cell] }).filter(({ kind }) => kind === 'new-failure');
  const errors = cell.stages.filter(({ verdict }) => verdict === 'ERROR');
  if (changes.length + errors.length === 0) return [];
  const places = { build, testIds: idsOfTests(tests) };
  return [
    ...changes.map((change) => ({
      fingerprint: change.fingerprint,
      comment: [change.title, change.reason].filter(Boolean).join(': '),
      harness: false,
      place: changePlace(places, change),
    })),
    ...errors.map(({ stage, reason }) => ({
      fingerprint: `error ${stage}: ${withoutNumbers(reason ?? '')}`,
      comment: `${stage}: ${reason}`,
      harness: true,
      place: placeOf(places, stage),
    })),
  ];
};

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
 * Ids come from what a thing is: what was looked up and not done again keeps its id in every run, and
 * in what runs are merged into.
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
  // Machines that had the same cell did each their own.
  const all = run.cells.map((cell) => resultsOf(cell).map((one) => cellObjects(run, one, origin, idOf)));
  const flat = all.flat();
  yield `{"version":{"major":5,"minor":3},"checkouts":${json(flat.map(({ checkout }) => checkout))}`;
  yield `,"builds":${json(flat.flatMap(({ build }) => build ?? []))},"tests":[`;
  const failures: Failure[] = [];
  let comma = '';
  for (const results of all) {
    const found = results.map((objects) => {
      const tests = testsOf(run, objects, idOf);
      failures.push(...failuresOf(objects, tests));
      return tests.map(([, test]) => test);
    });
    for (const test of byId(found.flat())) {
      yield `${comma}${JSON.stringify(test)}`;
      comma = ',';
    }
  }
  yield `],"issues":${json(failures.map((failure) => issueOf(failure, origin, idOf)))}`;
  yield `,"incidents":${json(failures.flatMap((failure) => incidentsOf(failure, origin, idOf)))}}\n`;
}

const json = (things: readonly { readonly id: string }[]): string => JSON.stringify(byId(things));

const incidentsOf = (failure: Failure, origin: string, idOf: IdOf): readonly Incident[] => {
  const { place } = failure;
  if (place === null) return [];
  const { id, version } = issueOf(failure, origin, idOf);
  const incident = { origin, issue_id: id, issue_version: version, present: true, ...place };
  return [{ id: idOf('incident', id, place), ...incident }];
};
