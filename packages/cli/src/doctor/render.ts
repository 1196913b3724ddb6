// SPDX-License-Identifier: MIT
import { type Color, paint } from '../output/paint.js';
import type { Examined } from './examine.js';

const row = (examined: Examined, width: number, color: boolean): string => {
  const [mark, hue]: [string, Color] = examined.good ? ['ok     ', 'green'] : ['TO FIX ', 'red'];
  const line = `${paint(mark, hue, color)}  ${examined.name.padEnd(width)}  ${examined.found}`;
  return examined.fix
    ? `${line}\n         ${''.padEnd(width)}  for ${examined.purpose}; fix: ${examined.fix}`
    : line;
};

const verdict = (bad: readonly Examined[]): string => {
  if (bad.length === 0) return 'Nothing is missing';
  const missing = bad.filter(({ bySetup }) => bySetup).length;
  return missing === 0
    ? `${bad.length} to fix, each as said above`
    : `${bad.length} to fix: ./uio-msi setup installs ${missing === bad.length ? 'what is missing' : `${missing} of them`}`;
};

/** The examination as a table, and one command for all that apt-get could fix. */
export const renderExamination = (examination: readonly Examined[], color: boolean): string => {
  const width = Math.max(...examination.map(({ name }) => name.length));
  const rows = examination.map((examined) => row(examined, width, color));
  return [...rows, '', verdict(examination.filter(({ good }) => !good))].join('\n');
};
