// SPDX-License-Identifier: MIT
import { readIfThere } from '@uio-msi/host';
import { type Counts, single, total } from './counts.js';

// What vitest's JSON reporter writes, as far as it is read here.
interface VitestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

type FileResults = VitestResults['testResults'][number];

const firstLine = (text: string | undefined): string => text?.split('\n', 1)[0] ?? '';

const countFile = ({ name, status, message, assertionResults }: FileResults): Counts => {
  const having = (wanted: string) => assertionResults.filter((one) => one.status === wanted);
  const failed = having('failed');
  const counts: Counts = {
    passed: having('passed').length,
    failed: failed.length,
    skipped: assertionResults.length - having('passed').length - failed.length,
    failures: failed.map((one) => `${name}: ${one.fullName}: ${firstLine(one.failureMessages?.[0])}`),
  };
  // A file that could not even be loaded has no tests to fail.
  const broken = status === 'failed' && failed.length === 0;
  return broken ? total([counts, single(false, `${name}: ${firstLine(message)}`)]) : counts;
};

/** Counts what vitest wrote to a file. No file, or one without a test, is a failure: nothing was proved. */
export const readVitestResults = async (path: string): Promise<Counts> => {
  const text = await readIfThere(path);
  if (text === null) return single(false, `${path}: the tests did not come to their end`);
  const { testResults } = JSON.parse(text) as VitestResults;
  return testResults.length === 0
    ? single(false, `${path}: no test was found`)
    : total(testResults.map(countFile));
};
