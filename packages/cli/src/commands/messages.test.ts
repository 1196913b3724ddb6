// SPDX-License-Identifier: MIT
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../world/root.js';
import { COMMANDS } from './index.js';

const PACKAGES = join(ROOT, 'packages');

const sources = readdirSync(PACKAGES).flatMap((name) => {
  const dir = join(PACKAGES, name, 'src');
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(dir, file));
});

const named = sources.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/\.\/uio-msi ([a-z]+)(?: ([a-z]+))?/g)].map(
    ([, first = '', second = '']) => ({ file, first, second }),
  ),
);

const isCommand = (first: string, second: string): boolean => {
  const entry = COMMANDS.find(({ name }) => name === first);
  return (
    entry !== undefined && (!('commands' in entry) || entry.commands.some(({ name }) => name === second))
  );
};

it('every command that a message names is one', () => {
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ first, second }) => !isCommand(first, second))).toEqual([]);
});
