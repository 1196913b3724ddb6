// SPDX-License-Identifier: MIT
import type { Case } from '../cases/define.js';
import { missingNeed } from '../cases/needs.js';
import type { DeviceModel } from '../devices/device.js';
import { NoProvoker, readProvoker } from '../devices/read-provoker.js';
import { type Judgement, STANDINGS, type Standing } from '../profiles/judge.js';
import type { Waiver } from '../profiles/waivers.js';
import type { CaseRecord, DoneRecord, Verdict } from '../report/records.js';
import { summarise } from '../run/verdict.js';
import { SUITE_VERSION } from '../version.js';
import {
  configDump,
  derivedFiles,
  EVENTS,
  judgeClaim,
  KERNEL_CONFIG,
  KERNEL_LOG,
  STATEMENT,
} from './layout.js';
import { compareManifest, type Files, MANIFEST, sha256 } from './manifest.js';
import { parseEvents, parseStatement } from './parse.js';
import type { Recorded } from './replay.js';
import type { DeviceFacts, Statement } from './statement.js';

/** What came of looking at a bundle. */
export interface Verification {
  readonly version: 1;
  /** Of the manifest, and so of everything: to be compared with what was told by another way. */
  readonly digest: string | null;
  /** Why it is not what a run left behind; empty for one that is whole. */
  readonly problems: readonly string[];
  /** The verdict of the run over all cases, counted again. */
  readonly verdict: Verdict | null;
  readonly judgements: readonly Judgement[];
  /** Waivers that the bundle has and the verifier does not allow. */
  readonly refusedWaivers: readonly Waiver[];
  /** Of all claims the worst; null when the bundle is not whole. */
  readonly standing: Standing | null;
}

/** What the verifier goes by. */
export interface Terms {
  readonly cases: readonly Case[];
  /** The waivers that it allows. */
  readonly allowed: readonly Waiver[];
  /** What the digest of the manifest must be; null when nobody told. */
  readonly digest: string | null;
}

/**
 * Looks at a bundle as one that anybody may have made: that its files are those of the manifest,
 * that every one that follows from the events does, and that the events bear out what is claimed.
 * Pure.
 */
export const verifyBundle = (bundle: Files, { cases, allowed, digest: told }: Terms): Verification => {
  const files = new Map(bundle);
  const manifest = files.get(MANIFEST);
  files.delete(MANIFEST);
  const digest = manifest === undefined ? null : sha256(manifest);
  const broken = (problems: readonly string[]): Verification => ({
    version: 1,
    digest,
    problems,
    verdict: null,
    judgements: [],
    refusedWaivers: [],
    standing: null,
  });
  if (manifest === undefined) return broken([`${MANIFEST} is missing`]);
  const problems = compareManifest(Buffer.from(manifest).toString('utf8'), files);
  if (told !== null && told !== digest) problems.push(`the digest is ${digest}, not ${told} as was told`);
  const statement = parseStatement(textOf(files, STATEMENT));
  const recorded = parseEvents(textOf(files, EVENTS));
  if ('problem' in statement) return broken([...problems, statement.problem]);
  if ('problem' in recorded) return broken([...problems, recorded.problem]);
  const read = { statement: statement.value, recorded: recorded.value };
  problems.push(...contradictions(read, cases));
  if (problems.length > 0) return broken(problems);
  const judgements = judgeClaim(read.statement, read.recorded, cases);
  problems.push(...compareDerived(files, derivedFiles(read.statement, read.recorded, judgements), read));
  if (problems.length > 0) return broken(problems);
  const refusedWaivers = read.statement.waivers.filter((waiver) => !allowed.some((one) => same(one, waiver)));
  const honoured = {
    ...read.statement,
    waivers: read.statement.waivers.filter((one) => !refusedWaivers.includes(one)),
  };
  const final = judgeClaim(honoured, read.recorded, cases);
  const standing = STANDINGS.find((one) => final.some((judgement) => judgement.standing === one)) ?? null;
  const { verdict } = read.recorded.done;
  return { version: 1, digest, problems, verdict, judgements: final, refusedWaivers, standing };
};

interface Read {
  readonly statement: Statement;
  readonly recorded: Recorded;
}

const same = (a: Waiver, b: Waiver): boolean => a.id === b.id && a.device === b.device && a.case === b.case;

const textOf = (files: Files, path: string): string => Buffer.from(files.get(path) ?? []).toString('utf8');

/** Where events and statement contradict each other, themselves, or the suite. */
const contradictions = ({ statement, recorded }: Read, known: readonly Case[]): string[] => {
  const { suite, cases, done } = recorded;
  if (suite.suite !== SUITE_VERSION || statement.suite !== SUITE_VERSION)
    return [`it was made with suite ${suite.suite}, this is ${SUITE_VERSION}: verify it with that one`];
  const counted = summarise(cases, done.seconds);
  const wrong = (Object.keys(counted) as (keyof DoneRecord)[]).filter((name) => counted[name] !== done[name]);
  const devices = (some: readonly { bdf: string }[]) =>
    some
      .map(({ bdf }) => bdf)
      .toSorted()
      .join(' ');
  return [
    ...wrong.map((name) => `${EVENTS}: ${name} is ${done[name]}, counted again ${counted[name]}`),
    ...(statement.kernel.release === suite.kernel
      ? []
      : [`${STATEMENT} and ${EVENTS} name different kernels`]),
    ...(devices(statement.devices) === devices(suite.devices)
      ? []
      : [`${STATEMENT} and ${EVENTS} name different devices`]),
    ...statement.devices.flatMap(strangeProvoker),
    ...cases.flatMap((record) => {
      const { id, title, clauses } = record;
      const test = known.find((one) => one.id === id);
      if (test === undefined) return [`${EVENTS}: the suite has no case ${id}`];
      const impossible = whyImpossible(record, test);
      if (impossible !== null)
        return [`${EVENTS}: ${id} passed on ${record.device} ${record.bdf}, and ${impossible}`];
      return test.title === title && test.clauses.join() === clauses.join()
        ? []
        : [`${EVENTS}: ${id} is not the suite's: '${title}', ${clauses.join(' ')}`];
    }),
  ];
};

/** Why the case cannot have passed on the device that it is said to have passed on; null when it can. */
const whyImpossible = (
  { device, verdict, vectors, interrupts }: CaseRecord,
  { needs }: Case,
): string | null => {
  if (verdict !== 'PASS') return null;
  // A device is called by its ids when the suite had no provoker for it.
  return missingNeed(needs, { vectors, interrupts, model: ID.test(device) ? null : KNOWN });
};

const ID = /^[0-9a-f]{4}:[0-9a-f]{4}$/;
/** As every device that the suite knows is taken to be. */
const KNOWN: DeviceModel = {
  name: 'any',
  ids: [],
  line: true,
  provoker: () => {
    throw new Error('it is only looked at');
  },
};

/** A provoker that is none, or one for other devices, was not what the run had. */
const strangeProvoker = ({ bdf, id, provoker }: DeviceFacts): string[] => {
  if (provoker === null) return [];
  const at = `${STATEMENT}: the provoker of ${bdf}`;
  try {
    return readProvoker(provoker, at).match.includes(id) ? [] : [`${at} is not for ${id}`];
  } catch (error) {
    if (error instanceof NoProvoker) return [error.message];
    throw error;
  }
};

/** Every derived file must be what is derived again, and there is nothing that a run does not leave. */
const compareDerived = (
  files: Files,
  derived: ReadonlyMap<string, string>,
  { statement }: Read,
): string[] => {
  const dumps = statement.devices.flatMap(({ bdf }) => [configDump(bdf, 'before'), configDump(bdf, 'after')]);
  const needed = [EVENTS, STATEMENT, KERNEL_LOG, ...derived.keys()];
  const may = [...needed, KERNEL_CONFIG, ...dumps];
  return [
    ...needed.filter((path) => !files.has(path)).map((path) => `${path} is missing`),
    ...[...files.keys()]
      .filter((path) => !may.includes(path))
      .map((path) => `${path} is none of a bundle's files`),
    ...[...derived]
      .filter(([path, text]) => files.has(path) && textOf(files, path) !== text)
      .map(([path]) => `${path} does not follow from ${EVENTS} and ${STATEMENT}`),
  ];
};
