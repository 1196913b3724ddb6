// SPDX-License-Identifier: MIT
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import type { CaseRecord, RunDocument, SuiteRecord } from './records.js';
import type { Reporter } from './reporter.js';

/** Writes the whole run as one JSON file once it is done: whole or not at all. */
export const createJsonReporter = (file: string): Reporter => {
  let suite: SuiteRecord | undefined;
  const cases: Omit<CaseRecord, 'type'>[] = [];
  return {
    suite: (record) => {
      suite = record;
    },
    case: ({ type: _, ...record }) => void cases.push(record),
    done: ({ type: _, ...done }) => {
      if (suite === undefined) return;
      const { type: __, ...head } = suite;
      const document: RunDocument = { ...head, ...done, cases };
      replaceFile(file, `${JSON.stringify(document, null, 2)}\n`);
    },
  };
};

const replaceFile = (file: string, text: string): void => {
  const temporary = `${file}.${process.pid}.tmp`;
  const fd = openSync(temporary, 'w');
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, file);
};
