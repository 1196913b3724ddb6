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
const workflow = (wanted: string) => parse(workflows.find(([name]) => name === wanted)?.[1] ?? '');
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

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: { readonly name?: string; readonly path?: string; readonly key?: string };
}

// How these end says what was found.
const judges = (script: string): boolean => /uio-msi (?:nightly|report merge)/.test(script);

describe('the workflow for GitHub', () => {
  const { jobs, permissions } = workflow('.github/workflows/nightly.yml');
  const steps: readonly Step[] = Object.values(jobs).flatMap((job) => (job as { steps: Step[] }).steps);
  const stepsOf = (job: string): readonly Step[] => jobs[job].steps;
  const uploads = steps.filter(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
  const scripts = steps.map(({ run }) => run ?? '').join('\n');

  it.each(['cell', 'merge'])('keeps what the job %s gave, whatever was found', (job) => {
    const behind = stepsOf(job).slice(stepsOf(job).findIndex(({ run }) => judges(run ?? '')) + 1);
    const kept = behind.filter(({ uses }) => /upload-artifact@|cache\/save@/.test(uses ?? ''));
    expect(kept).toHaveLength(2);
    for (const step of kept) expect(step.if, JSON.stringify(step)).toBe('always()');
  });

  it('merges whatever became of the jobs before, and of the steps before', () => {
    expect(jobs.merge).toMatchObject({ if: 'always()', needs: ['plan', 'cell'] });
    for (const { run, if: when } of stepsOf('merge')) if (run) expect(when).toBe('always()');
  });

  it('may be run again: an artifact that is there does not stop it', () => {
    const result = expect.stringMatching(/^result-\$/);
    expect(uploads.map((step) => step.with?.name)).toEqual(['plan', result, 'whole', 'report']);
    for (const step of uploads) expect(step.with).toMatchObject({ overwrite: true });
  });

  it('gives no environment what another job may make too long', () => {
    const values = steps.flatMap(({ env = {} }) => Object.values(env));
    expect(values).toHaveLength(2);
    for (const value of values) expect(value).not.toMatch(/needs\.|toJSON|steps\./);
    expect(Object.values(jobs).some((job) => 'env' in (job as object))).toBe(false);
  });

  it('takes what it left under the same names', () => {
    const named = (part: string) => steps.filter(({ uses }) => uses?.includes(part)).map((step) => step.with);
    expect(named('download-artifact@')).toEqual([{ name: 'plan' }, { pattern: 'result-*', path: 'results' }]);
    expect(scripts).toContain('--name whole --dir "nights/$run"');
    expect(scripts).toContain('--workflow nightly.yml ');
    expect(permissions).toEqual({ contents: 'read', actions: 'read' });
    const [[restored, again], [saved, kept]] = [named('cache/restore@'), named('cache/save@')].map((all) => [
      ...new Set(all.map((one) => `${one?.path} ${one?.key}`)),
    ]) as [string[], string[]];
    expect([restored, again]).toEqual([saved, kept]);
  });
});

interface GitLabJob {
  readonly script?: readonly string[];
  readonly when?: string;
  readonly extends?: string;
  readonly rules?: readonly { readonly if: string }[];
  readonly cache?: Cache | readonly Cache[];
  readonly artifacts?: { readonly when?: string; readonly paths: readonly string[] };
}
interface Cache {
  readonly paths: readonly string[];
  readonly when?: string;
  readonly policy?: string;
}

describe('the pipeline for GitLab', () => {
  const parent: Readonly<Record<string, GitLabJob>> = workflow('.gitlab-ci.yml');
  const child: Readonly<Record<'cell' | 'merge', GitLabJob>> & { stages: unknown } = workflow('ci/cell.yml');

  it('is that of a schedule, not of every push', () => {
    for (const job of Object.values(parent)) {
      const rules = job.rules ?? parent[job.extends ?? '']?.rules ?? [];
      expect(rules.map((rule) => rule.if)).toEqual([expect.stringContaining('== "schedule"')]);
    }
  });

  it.each(['cell', 'merge'] as const)('keeps what the job %s gave, whatever was found', (name) => {
    const { script = [], artifacts, cache = [] } = child[name];
    expect(judges(script.join('\n'))).toBe(true);
    expect(artifacts?.when).toBe('always');
    const pushed = [cache].flat().filter(({ policy }) => policy !== 'pull');
    expect(pushed).toHaveLength(1);
    expect(pushed[0]?.when).toBe('always');
  });

  it('has the job that the cells are for, and merges in a stage behind it', () => {
    const text = child.cell.script?.join('\n');
    expect(text).toContain('"$CELLS"');
    expect(child).toMatchObject({
      stages: ['test', 'deploy'],
      merge: { stage: 'deploy', when: 'always' },
    });
  });

  it('keeps the nights that it compares with, and what it tells of this one', () => {
    expect(child.merge).toMatchObject({
      cache: { paths: ['nights'] },
      artifacts: {
        paths: ['whole.json', 'linux-tree/state/runs/*/report'],
        reports: { junit: 'linux-tree/state/runs/*/report/junit.xml' },
      },
    });
  });
});

it.each([
  ['.github/workflows/nightly.yml', 'result.json'],
  ['ci/cell.yml', '"results/$CI_NODE_INDEX.json"'],
])('%s is red for news alone: jobs never, the merged night for what is new', (file, result) => {
  const text = workflows.find(([name]) => name === file)?.[1] ?? '';
  expect(text).toMatch(/nightly --cells "\$CELLS" --deadline \d+m --fail-on never --json /);
  expect(text).toContain(`--json ${result}`);
  expect(text).toContain('report merge results --plan plan.json --before nights --json whole.json');
});
