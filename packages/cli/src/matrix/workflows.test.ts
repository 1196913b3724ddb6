// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GLOBAL_OPTIONS } from '../command/globals.js';
import type { Command, CommandGroup } from '../command/spec.js';
import { COMMANDS } from '../commands/index.js';
import { ROOT } from '../world/root.js';

const TEXT = readFileSync(join(ROOT, 'docs/operator.md'), 'utf8');
const workflows = [...TEXT.matchAll(/```yaml\n# (\S+?),?(?: [^\n]*)?\n([\s\S]*?)```/g)].map(
  ([, name = '', text = '']) => [name, text] as const,
);
const calls = [...TEXT.matchAll(/\.\/uio-msi ([^\n#)`>]+)/g)].map(([, words = '']) =>
  words.trim().split(/\s+/),
);

const subcommandsOf = (entry: Command | CommandGroup | undefined): readonly Command[] =>
  entry === undefined ? [] : 'commands' in entry ? entry.commands : (entry.subcommands ?? []);

/** The command that words name; undefined when there is none. */
const commandOf = ([first, second]: readonly string[]): Command | undefined => {
  const entry = COMMANDS.find(({ name }) => name === first);
  const sub = subcommandsOf(entry).find(({ name }) => name === second);
  return sub ?? (entry && !('commands' in entry) ? entry : undefined);
};

describe('docs/operator.md', () => {
  it('has the workflows of both hosts, and they are YAML', () => {
    expect(workflows.map(([name]) => name)).toEqual([
      '.github/workflows/nightly.yml',
      '.gitlab-ci.yml',
      'ci/cell.yml',
    ]);
    for (const [, text] of workflows) expect(() => parse(text)).not.toThrow();
  });

  it('has the job that the cells for GitLab are for', () => {
    const child = parse(workflows.find(([name]) => name === 'ci/cell.yml')?.[1] ?? '');
    expect(child.cell.script.join('\n')).toContain('"$CELLS"');
  });

  it('merges with the plan on both hosts: what a dead job was to run is not forgotten', () => {
    for (const file of ['.github/workflows/nightly.yml', 'ci/cell.yml']) {
      const text = workflows.find(([name]) => name === file)?.[1] ?? '';
      expect(text).toMatch(/> plan\.json\n.*report merge --plan plan\.json/);
    }
  });

  it('names commands and options that there are', () => {
    expect(calls.length).toBeGreaterThan(10);
    for (const words of calls) {
      const command = commandOf(words);
      expect(command, words.join(' ')).toBeDefined();
      const known = [...(command?.options ?? []), ...GLOBAL_OPTIONS].flatMap(
        ({ flags }) => flags.match(/--[\w-]+/g) ?? [],
      );
      for (const word of words.filter((one) => one.startsWith('--'))) expect(known).toContain(word);
    }
  });
});
