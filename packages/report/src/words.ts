// SPDX-License-Identifier: MIT
import type {
  CaseResult,
  CellResult,
  ChangeKind,
  CheckResult,
  Finding,
  StageResult,
  Verdict,
} from '@uio-msi/model';

/** Seconds for a reader: `0.02 s`, `14.2 s`, `3 min 05 s`, `6 h 05 min`. */
export const duration = (seconds: number): string => {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${padded(Math.floor((whole % 3600) / 60))} min`;
  return `${Math.floor(whole / 60)} min ${padded(whole % 60)} s`;
};

const padded = (n: number): string => String(n).padStart(2, '0');

/** `1 finding`, `3 findings`, `2 patches`. */
export const count = (n: number, thing: string, things = `${thing}s`): string =>
  `${n} ${n === 1 ? thing : things}`;

/** Where a finding is: `drivers/uio/uio_msi.c:10`. */
export const place = (finding: Finding): string =>
  finding.line === null ? finding.file : `${finding.file}:${finding.line}`;

/** A finding that counts against the series. Notes are shown and do not. */
export const counts = (finding: Finding): boolean => finding.severity !== 'note';

/** The stage at which a cell went wrong, and the one its reader wants to see first. */
export const firstBad = (cell: CellResult): StageResult | undefined =>
  cell.stages.find(({ verdict }) => verdict === 'FAIL' || verdict === 'ERROR' || verdict === 'MISS');

/** How many cases have each verdict, without those that none has. */
export const tally = (cases: readonly CaseResult[]): ReadonlyMap<Verdict, number> => {
  const totals = new Map<Verdict, number>();
  for (const { verdict } of cases) totals.set(verdict, (totals.get(verdict) ?? 0) + 1);
  return totals;
};

/** The tally in words: `84 PASS, 1 FAIL`. */
export const tallied = (cases: readonly CaseResult[]): string =>
  [...tally(cases)].map(([verdict, n]) => `${n} ${verdict}`).join(', ');

/** The configuration of a cell, with how many patches when it has not all: `minimal, first 3 patches`. */
export const configured = ({ config, prefix }: Pick<CellResult, 'config' | 'prefix'>): string =>
  prefix === undefined ? config : `${config}, first ${count(prefix, 'patch', 'patches')}`;

/** The checks of a stage in words: how many passed, and each that was left out, or a part of it. */
export const checked = (checks: readonly CheckResult[]): string => {
  const passed = checks.filter(({ verdict }) => verdict === 'PASS').length;
  const rest = checks.filter(({ reason }) => reason !== null);
  const each = rest.map(({ name, verdict, reason }) => `${name} ${verdict}: ${reason}`);
  return [`${count(passed, 'check')} passed`, ...each].join('; ');
};

/** What a stage did, in a few words: its reason, or what it counted. */
export const summary = (stage: StageResult): string => {
  const parts = [
    stage.reason,
    stage.patches && count(stage.patches.length, 'patch', 'patches'),
    stage.checks && checked(stage.checks),
    stage.stage === 'base' &&
      stage.findings.length > 0 &&
      `${count(stage.findings.length, 'finding')} without the series`,
    stage.findings.some(counts) && count(stage.findings.filter(counts).length, 'finding'),
    stage.fixed?.length && `${count(stage.fixed.length, 'finding')} fixed`,
    stage.cases?.length && `${count(stage.devices?.length ?? 0, 'device')}, ${tallied(stage.cases)}`,
  ];
  return parts.filter(Boolean).join('; ');
};

/** What a change is called, for one and for several. */
export const KIND_WORDS: Readonly<Record<ChangeKind, readonly [one: string, several: string]>> = {
  regression: ['regression', 'regressions'],
  'new-failure': ['new failure', 'new failures'],
  flaky: ['newly flaky', 'newly flaky'],
  'still-failing': ['still failing', 'still failing'],
  disappeared: ['disappeared', 'disappeared'],
  fixed: ['fixed', 'fixed'],
  appeared: ['appeared', 'appeared'],
};

/** Bytes for a reader: `812 B`, `3.4 KiB`, `200 MiB`. */
export const size = (bytes: number): string => {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)));
  const value = bytes / 1024 ** at;
  return `${at > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[at]}`;
};

/** A time of the contract (ISO 8601, UTC) for a reader: `2026-11-22 08:15 UTC`. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** Whether something fails now, new or not. */
export const isFailure = ({ kind }: { readonly kind: ChangeKind }): boolean =>
  kind === 'regression' || kind === 'new-failure' || kind === 'still-failing';
