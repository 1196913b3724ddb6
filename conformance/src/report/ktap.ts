// SPDX-License-Identifier: MIT
import { type CaseRecord, type DeviceRecord, TIMED_OUT, type Verdict } from './records.js';
import type { Reporter } from './reporter.js';

/** KTAP has ok and not ok, and directives for the rest: Documentation/dev-tools/ktap.rst. */
const RESULTS: Readonly<Record<Verdict, { ok: string; directive: string }>> = {
  PASS: { ok: 'ok', directive: '' },
  FAIL: { ok: 'not ok', directive: '' },
  SKIP: { ok: 'ok', directive: 'SKIP' },
  ERROR: { ok: 'not ok', directive: 'ERROR' },
  MISS: { ok: 'not ok', directive: 'ERROR' },
};

const VERSION = 'KTAP version 1';

/** Writes KTAP: a test a device, a subtest a case, diagnostics before the result they belong to. */
export const createKtapReporter = (write: (text: string) => void): Reporter => {
  let devices = 0;
  let cases = 0;
  let bad = false;
  let current: DeviceRecord | undefined;
  const line = (indent: string, text: string) => write(`${indent}${text}\n`);
  return {
    suite: (record, turns) => {
      line('', VERSION);
      line('', `1..${turns}`);
      line('', `# uio-msi-conformance ${record.suite} on Linux ${record.kernel}`);
      line(
        '',
        `# depth ${record.depth}: ${record.left} runs of cases left to greater depths and other machines`,
      );
    },
    device: (device, planned) => {
      current = device;
      devices++;
      cases = 0;
      bad = false;
      line('  ', VERSION);
      line('  ', `# Subtest: ${nameOf(device)}`);
      line('  ', `1..${planned}`);
    },
    case: (record) => {
      cases++;
      const { ok, directive } = RESULTS[record.verdict];
      bad ||= ok !== 'ok';
      for (const text of diagnostics(record)) line('  ', `# ${text}`);
      line('  ', `${ok} ${cases} ${record.id}${withReason(record, directive)}`);
    },
    deviceDone: () => {
      if (current !== undefined) line('', `${bad ? 'not ok' : 'ok'} ${devices} ${nameOf(current)}`);
    },
    done: (record) => {
      const { passed, failed, errors, skipped, seconds } = record;
      const counts = `${passed} passed, ${failed} failed, ${errors} errors, ${skipped} skipped`;
      line('', `# ${record.verdict}: ${counts} in ${seconds.toFixed(1)} s`);
    },
  };
};

const nameOf = ({ device, bdf, vectors }: DeviceRecord): string => `${device} ${bdf} ${vectors} vectors`;

/** The others say all they have to say in their directive. */
const DIAGNOSED: readonly Verdict[] = ['FAIL', 'ERROR'];

const diagnostics = (record: CaseRecord): string[] => {
  if (!DIAGNOSED.includes(record.verdict)) return [];
  const log = record.log === null ? [] : record.log.split('\n').map((text) => `  ${text}`);
  const clauses = `${record.clauses.join(', ')}: ${record.title}`;
  return [...(record.message ?? '').split('\n'), clauses, ...log];
};

const withReason = ({ verdict, message }: CaseRecord, directive: string): string => {
  const late = verdict === 'FAIL' && message?.startsWith(TIMED_OUT);
  const kind = late ? 'TIMEOUT' : directive;
  return kind === '' ? '' : ` # ${kind} ${firstLine(message ?? '')}`.trimEnd();
};

/** A directive ends with its line, and `#` begins another. */
const firstLine = (text: string): string => (text.split('\n')[0] ?? '').replaceAll('#', '');
