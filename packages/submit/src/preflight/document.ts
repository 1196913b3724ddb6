// SPDX-License-Identifier: MIT
import type { Rule } from './rule.js';

/** The rules as a Markdown table, as docs/preflight.md has it. */
export const ruleTable = (rules: readonly Rule[]): string =>
  [
    '| rule | asks that | source |',
    '| --- | --- | --- |',
    ...rules.map(
      ({ name, title, source }) => `| \`${name}\` | ${title} | ${source.file}, “${source.section}” |`,
    ),
  ].join('\n');
