// SPDX-License-Identifier: MIT
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cannotWrite } from './output-error.js';
import type { CaseRecord, RatesRecord, RunDocument, SuiteRecord } from './records.js';
import type { Reporter } from './reporter.js';

/**
 * Writes the whole run as one JSON file once it is done: whole or not at all.
 * @throws EnvironmentError at once when the file could not be written at the end.
 */
export const createJsonReporter = (file: string): Reporter => {
  const temporary = `${file}.${process.pid}.tmp`;
  attempt(file, temporary, () => closeSync(openSync(temporary, 'w')));
  rmSync(temporary);
  let suite: SuiteRecord | undefined;
  const cases: Omit<CaseRecord, 'type'>[] = [];
  const rates: Omit<RatesRecord, 'type'>[] = [];
  return {
    suite: (record) => {
      suite = record;
    },
    case: ({ type: _, ...record }) => void cases.push(record),
    rates: ({ type: _, ...record }) => void rates.push(record),
    done: ({ type: _, ...done }) => {
      if (suite === undefined) return;
      const { type: __, ...head } = suite;
      const document: RunDocument = { ...head, ...done, cases, rates };
      replaceFile(file, temporary, `${JSON.stringify(document, null, 2)}\n`);
    },
  };
};

const replaceFile = (file: string, temporary: string, text: string): void =>
  attempt(file, temporary, () => {
    const fd = openSync(temporary, 'w');
    try {
      writeFileSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, file);
  });

const attempt = (file: string, temporary: string, write: () => void): void => {
  try {
    write();
  } catch (error) {
    rmSync(temporary, { force: true });
    throw cannotWrite(file, error);
  }
};
