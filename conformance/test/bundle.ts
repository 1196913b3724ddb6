// SPDX-License-Identifier: MIT
// Bundles as runs leave them, made up.
import { readFileSync } from 'node:fs';
import { CASES } from '../src/cases/table.js';
import { derivedFiles, EVENTS, json, judgeClaim, KERNEL_LOG, STATEMENT } from '../src/evidence/layout.js';
import { MANIFEST, manifestOf } from '../src/evidence/manifest.js';
import { parseEvents } from '../src/evidence/parse.js';
import type { Statement } from '../src/evidence/statement.js';
import { mandatory, PROFILES } from '../src/profiles/profiles.js';
import type { CaseRecord, DeviceRecord, StreamRecord } from '../src/report/records.js';
import { summarise } from '../src/run/verdict.js';
import { SUITE_VERSION } from '../src/version.js';

/** The device that the results are of. */
export const device: DeviceRecord = { device: 'rocker', bdf: '0000:00:04.0', vectors: 4, interrupts: 'msix' };
const profiles = ['core', 'msix'] as const;
const wanted = profiles.flatMap((name) => mandatory(PROFILES[name], device, CASES));

/** A statement that claims two profiles. */
export const statement: Statement = {
  version: 1,
  claim: { product: 'A <switch>', vendor: 'Example', contact: 'someone@example.org', profiles },
  suite: SUITE_VERSION,
  uapi: '0x40084987',
  command: ['uio-msi-conformance', 'run'],
  started: '2026-11-22T17:00:00.000Z',
  ended: '2026-11-22T17:01:00.000Z',
  machine: { arch: 'x64', processor: 'a processor', board: 'a board' },
  kernel: {
    release: '6.1.0',
    version: 'Linux version 6.1.0',
    commandLine: 'ro',
    taint: [0, 4160],
    lockdown: 'none',
    selinux: null,
  },
  modules: [
    {
      name: 'uio_msi',
      buildId: 'ab',
      srcversion: null,
      version: null,
      taint: 'OE',
      modinfo: { series: 'uio_msi v2 abc' },
    },
  ],
  devices: [
    {
      bdf: device.bdf,
      id: '1b36:0006',
      subsystem: '1af4:1100',
      class: '028000',
      revision: '00',
      driver: null,
      provoker: readFileSync(new URL('../provokers/rocker.yaml', import.meta.url), 'utf8'),
    },
  ],
  waivers: [],
};

/** A result for every case that the claimed profiles ask for, changed or left out. */
export const results = (
  change: (record: CaseRecord) => CaseRecord | null = (record) => record,
): CaseRecord[] =>
  wanted.flatMap(({ id, title, clauses }) => {
    const record = change({
      type: 'case',
      ...device,
      id,
      title,
      clauses,
      verdict: 'PASS',
      seconds: 0.1,
      message: null,
      log: null,
    });
    return record === null ? [] : [record];
  });

/** The events of a run with these results. */
export const eventsOf = (cases: readonly CaseRecord[]): string => {
  const records: StreamRecord[] = [
    {
      type: 'suite',
      version: 1,
      suite: SUITE_VERSION,
      kernel: '6.1.0',
      devices: [device],
      depth: 'standard',
      left: 0,
    },
    ...cases.flatMap((record): StreamRecord[] => [
      { type: 'start', device: record.device, vectors: record.vectors, id: record.id },
      record,
    ]),
    summarise(cases, 12),
  ];
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
};

export type Bundle = Map<string, Uint8Array>;
/** Makes the manifest anew. */
export const seal = (files: Bundle): Bundle => {
  files.delete(MANIFEST);
  return files.set(MANIFEST, Buffer.from(manifestOf(files)));
};

/** A bundle as a run would leave it, of these results; or as somebody who knows the formats would. */
export const bundle = (cases = results(), said: Statement = statement): Bundle =>
  sealed(eventsOf(cases), said);

/** A bundle of these events. */
export const sealed = (events: string, said: Statement = statement): Bundle => {
  const recorded = parseEvents(events);
  if ('problem' in recorded) throw new Error(recorded.problem);
  const judgements = judgeClaim(said, recorded.value, CASES);
  const files: Bundle = new Map([
    [EVENTS, Buffer.from(events)],
    [STATEMENT, Buffer.from(json(said))],
    [KERNEL_LOG, Buffer.from('uio: hello\n')],
  ]);
  for (const [path, text] of derivedFiles(said, recorded.value, judgements))
    files.set(path, Buffer.from(text));
  return seal(files);
};

/** Gives one case another verdict. */
export const spoil =
  (id: string, verdict: CaseRecord['verdict']) =>
  (record: CaseRecord): CaseRecord =>
    record.id === id ? { ...record, verdict, message: 'for a reason' } : record;
