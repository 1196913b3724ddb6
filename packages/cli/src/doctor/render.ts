// SPDX-License-Identifier: MIT
import { type Color, paint } from '../output/paint.js';
import type { Examined } from './examine.js';

const row = (examined: Examined, width: number, color: boolean): string => {
  const [mark, hue]: [string, Color] = examined.good ? ['ok     ', 'green'] : ['MISSING', 'red'];
  const line = `${paint(mark, hue, color)}  ${examined.name.padEnd(width)}  ${examined.found}`;
  return examined.fix
    ? `${line}\n         ${''.padEnd(width)}  for ${examined.purpose}; fix: ${examined.fix}`
    : line;
};

/** The examination as a table, and one command for all that apt-get could fix. */
export const renderExamination = (examination: readonly Examined[], color: boolean): string => {
  const width = Math.max(...examination.map(({ name }) => name.length));
  const bad = examination.filter(({ good }) => !good);
  const verdict =
    bad.length === 0
      ? 'Nothing is missing'
      : `${bad.length} missing: ./uio-msi setup installs what apt-get can`;
  return [...examination.map((examined) => row(examined, width, color)), '', verdict].join('\n');
};
