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
import { type CellObjects, cellObjects, testKey } from './cell.js';
import { excerpt, type IdOf, idsOf } from './ids.js';
import type { Incident, Issue, Kcidb } from './schema.js';

type Place = Pick<Incident, 'build_id' | 'test_id'>;

/** One failure at one place. */
interface Failure {
  readonly fingerprint: string;
  readonly comment: string;
  readonly harness: boolean;
  readonly place: Place | null;
}

const placeOf = ({ build, testIds }: CellObjects, stage: string, part?: string): Place | null => {
  if (stage === 'build') return build && { build_id: build.id };
  const id = testIds.get(testKey(stage, part)) ?? testIds.get(testKey(stage));
  return id === undefined ? null : { test_id: id };
};

const changePlace = (objects: CellObjects, { stage, subject }: Change): Place | null => {
  if (stage === null) return null;
  if (subject.type === 'case') return placeOf(objects, stage, caseIdentity(subject));
  return placeOf(objects, stage, subject.type === 'check' ? subject.name : undefined);
};

const codeFailures = (run: RunResult, objects: ReadonlyMap<string, CellObjects>): Failure[] =>
  compareRuns(null, run)
    .filter(({ kind }) => kind === 'new-failure')
    .map((change) => {
      const own = objects.get(cellKey(change.cell));
      return {
        fingerprint: change.fingerprint,
        comment: [change.title, change.reason].filter(Boolean).join(': '),
        harness: false,
        place: own ? changePlace(own, change) : null,
      };
    });

const harnessFailures = (
  cells: readonly CellResult[],
  objects: ReadonlyMap<string, CellObjects>,
): Failure[] =>
  cells.flatMap((cell) =>
    cell.stages
      .filter(({ verdict }) => verdict === 'ERROR')
      .map(({ stage, reason }) => {
        const own = objects.get(cell.key);
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
 * @throws {UserError} `bad-origin`
 */
export const renderKcidb = (run: RunResult, origin: string): Kcidb => {
  if (!/^[a-z0-9_]+$/.test(origin))
    throw new UserError({
      code: 'bad-origin',
      message: `${JSON.stringify(origin)} cannot be an origin`,
      why: 'KCIDB knows systems by lower case letters, digits and underscores',
      next: 'name the system that reports, as agreed with KernelCI: --origin example_lab',
    });
  const idOf = idsOf(origin);
  const objects = new Map(run.cells.map((cell) => [cell.key, cellObjects(run, cell, origin, idOf)]));
  const all = [...objects.values()];
  const failures = [...codeFailures(run, objects), ...harnessFailures(run.cells, objects)];
  const incidents = failures.flatMap((failure): Incident[] => {
    if (failure.place === null) return [];
    const issue = issueOf(failure, origin, idOf);
    const incident = {
      origin,
      issue_id: issue.id,
      issue_version: issue.version,
      present: true,
      ...failure.place,
    };
    return [{ id: idOf('incident', issue.id, failure.place), ...incident }];
  });
  return {
    version: { major: 5, minor: 3 },
    checkouts: byId(all.map(({ checkout }) => checkout)),
    builds: byId(all.flatMap(({ build }) => build ?? [])),
    tests: byId(all.flatMap(({ tests }) => tests)),
    issues: byId(failures.map((failure) => issueOf(failure, origin, idOf))),
    incidents: byId(incidents),
  };
};
