// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ruleTable } from './document.js';
import { RULES } from './rules.js';

it('has every rule, as it is, in docs/preflight.md', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../../docs/preflight.md'), 'utf8');
  expect(page).toContain(`\n${ruleTable(RULES)}\n`);
});

it('has each name once, as a waiver can write it', () => {
  const names = RULES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z-]+$/.test(name))).toEqual([]);
});
