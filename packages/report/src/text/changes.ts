// SPDX-License-Identifier: MIT
import { CHANGE_KINDS, type ChangeGroup, type Comparison, cellKey, groupChanges } from '@uio-msi/model';
import { KIND_WORDS } from '../words.js';
import { printable } from './printable.js';

// More than this is what the HTML report is for.
const MOST = 20;
const MOST_CELLS = 3;

const counted = (groups: readonly ChangeGroup[]): string =>
  CHANGE_KINDS.flatMap((kind) => {
    const count = groups.filter((group) => group.kind === kind).length;
    return count === 0 ? [] : [`${count} ${KIND_WORDS[kind][count === 1 ? 0 : 1]}`];
  }).join(', ');

const where = ({ cells }: ChangeGroup): string => {
  const names = cells.slice(0, MOST_CELLS).map((cell) => cellKey(cell));
  const more = cells.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
};

const lines = (group: ChangeGroup): readonly string[] => {
  const { kind, stage, title, reason } = group;
  const what = stage === null || stage === title ? title : `${stage}: ${title}`;
  return [
    `${KIND_WORDS[kind][0].padEnd(13)} ${what}${reason === null ? '' : ` (${reason})`}`,
    `              in ${where(group)}`,
  ];
};

/**
 * What a person wants to know of a comparison: each change once, with the cells that it is in,
 * what matters most first. What only appeared is counted and not listed.
 */
export const renderChanges = ({ before, changes }: Comparison): string => {
  const groups = groupChanges(changes);
  const told = groups.filter(({ kind }) => kind !== 'appeared');
  const basis = before === null ? 'with nothing: there is no earlier run like it' : `with ${before}`;
  return [
    ...told.slice(0, MOST).flatMap(lines),
    ...(told.length > MOST ? [`… and ${told.length - MOST} more in the report`] : []),
    `compared ${basis}: ${counted(groups) || 'nothing changed'}`,
  ]
    .map(printable)
    .join('\n');
};
