// SPDX-License-Identifier: MIT
import { isBdf } from '../pci/address.js';
import { PROFILE_NAMES } from '../profiles/profiles.js';
import { count, listOf, matching, nullOr, object, oneOf, recordOf, type Shape, text } from './shape.js';

const bdf: Shape = (value, at) =>
  typeof value === 'string' && isBdf(value) ? null : `${at}: expected a PCI address`;
const verdict = oneOf('FAIL', 'ERROR', 'MISS', 'PASS', 'SKIP');
const device = { device: text, bdf, vectors: count, interrupts: oneOf('msix', 'msi', 'intx') };
const waiver = object({ id: text, device: text, case: text, reason: text });

/** What a line of the events may be, by its type. */
export const RECORD_SHAPES = {
  suite: object({
    type: oneOf('suite'),
    version: count,
    suite: text,
    kernel: text,
    devices: listOf(object(device), 1),
    depth: text,
    left: count,
  }),
  start: object({ type: oneOf('start'), device: text, vectors: count, id: text }),
  case: object({
    type: oneOf('case'),
    ...device,
    id: text,
    title: text,
    clauses: listOf(text),
    verdict,
    seconds: count,
    message: nullOr(text),
    log: nullOr(text),
  }),
  rates: object({
    type: oneOf('rates'),
    ...device,
    by: oneOf('device', 'trigger'),
    rates: listOf(
      object({
        ...{ vector: count, samples: count, perSecond: count },
        ...{ p50: count, p90: count, p99: count, longest: count },
      }),
    ),
  }),
  done: object({
    type: oneOf('done'),
    verdict,
    passed: count,
    failed: count,
    errors: count,
    skipped: count,
    seconds: count,
  }),
} as const satisfies Readonly<Record<string, Shape>>;

const time = matching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, 'a time as 2026-11-22T17:00:00.000Z');

/** The shape of statement.json. */
export const STATEMENT_SHAPE = object({
  version: oneOf(1),
  claim: object({
    product: text,
    vendor: text,
    contact: text,
    profiles: listOf(oneOf(...PROFILE_NAMES), 1),
  }),
  suite: text,
  uapi: text,
  command: listOf(text),
  started: time,
  ended: time,
  machine: object({ arch: text, processor: text, board: text }),
  kernel: object({
    release: text,
    version: text,
    commandLine: text,
    taint: listOf(count, 2),
    lockdown: nullOr(text),
    selinux: nullOr(text),
  }),
  modules: listOf(
    object({
      name: text,
      buildId: nullOr(text),
      srcversion: nullOr(text),
      version: nullOr(text),
      taint: text,
      modinfo: nullOr(recordOf(text)),
    }),
  ),
  devices: listOf(
    object({
      bdf,
      id: text,
      subsystem: text,
      class: text,
      revision: text,
      driver: nullOr(text),
      provoker: nullOr(text),
    }),
    1,
  ),
  waivers: listOf(waiver),
});
