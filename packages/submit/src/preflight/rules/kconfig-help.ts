// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import { addedLines, nameOf, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

interface Entry {
  readonly symbol: string;
  readonly lines: readonly string[];
}

const isKconfig = (path: string): boolean => basename(path).startsWith('Kconfig');

// kconfig-language.rst: an entry goes on until the next that begins in the first column.
const entriesOf = (lines: readonly string[]): Entry[] =>
  lines
    .join('\n')
    .split(/^(?=[a-z])/m)
    .flatMap((text) => {
      const [head = '', ...rest] = text.split('\n');
      const symbol = /^(?:menu)?config\s+(\w+)\s*$/.exec(head)?.[1];
      return symbol === undefined ? [] : [{ symbol, lines: rest }];
    });

// The last entry of one file does not go on in the next.
const perFile = (added: readonly { readonly path: string; readonly line: string }[]): string[][] =>
  [...new Set(added.map(({ path }) => path))].map((path) =>
    added.filter((one) => one.path === path).map(({ line }) => line),
  );

// An option that nobody is asked about needs no explanation.
const isAsked = ({ lines }: Entry): boolean =>
  lines.some((line) => /^\s+(?:(?:bool|tristate|string|int|hex)\s+["']|prompt\s)/.test(line));

const isExplained = ({ lines }: Entry): boolean => {
  const at = lines.findIndex((line) => /^\s+(?:---)?help(?:---)?\s*$/.test(line));
  return at !== -1 && lines.slice(at + 1).some((line) => line.trim() !== '');
};

export const kconfigHelp = defineRule({
  name: 'kconfig-help',
  title: 'every new Kconfig option that people are asked about has a help text',
  source: { file: 'Documentation/process/submit-checklist.rst', section: 'Review Kconfig changes' },
  next: 'say under "help" what it is for, and who should say N',
  needs: [],
  check: (revision) =>
    patchMails(revision).flatMap((mail) =>
      perFile(addedLines(mail.patch, isKconfig))
        .flatMap(entriesOf)
        .filter((entry) => isAsked(entry) && !isExplained(entry))
        .map(({ symbol }) => ({ where: nameOf(mail), what: `${symbol} has no help text` })),
    ),
});
