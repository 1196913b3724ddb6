// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cellKey, type RunResult, type Verdict } from '@uio-msi/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT, temporaryFolder } from './command.js';

// The commands of the merging jobs in docs/operator.md, as they stand there, run night after night against the real
// command; the hosts around them are a folder.
const TEXT = readFileSync(join(ROOT, 'docs/operator.md'), 'utf8');
const workflow = (name: string) => {
  const [, text = ''] =
    TEXT.match(new RegExp(`\`\`\`yaml\\n# ${name.replaceAll('.', '\\.')}.*\\n([^]*?)\`\`\``)) ?? [];
  return parse(text);
};

let dir: string;
beforeAll(async () => {
  dir = await temporaryFolder();
});
afterAll(() => rmSync(dir, { recursive: true }));

const program = (path: string, text: string): void => {
  writeFileSync(path, `#!/bin/sh\n${text}`);
  chmodSync(path, 0o755);
};

/** A fresh machine of a build server, with the checkout in its working folder. */
const machine = (name: string): string => {
  const at = join(dir, name);
  mkdirSync(at, { recursive: true });
  program(join(at, 'uio-msi'), `UIO_MSI_STATE="$PWD/linux-tree/state" exec ${ROOT}/uio-msi "$@"\n`);
  return at;
};

interface Shell {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}
/** Runs a script as both hosts do: it ends with its first command that fails. */
const run = (script: string, { cwd, env = {} }: Shell) => {
  const path = `${join(dir, 'bin')}:${process.env['PATH']}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], {
    ...{ cwd, encoding: 'utf8', env: { ...process.env, PATH: path, ...env } },
  });
  return { status, stdout, stderr };
};

/** What the job of a cell leaves. */
const result = (square: string, verdict: Verdict, day: number): RunResult => {
  const [kernel = '', arch = '', family = '', config = '', first = ''] = square.split('/');
  const toolchain = family.includes('-') ? family : `${family}-12`;
  const line = kernel.split('.').slice(0, 2).join('.');
  const prefix = first === '' ? {} : { prefix: Number(first.replace('first', '')) };
  const cell = { series: 'uio_msi', revision: 'v2', line, kernel, arch, toolchain, config, ...prefix };
  const reason = verdict === 'PASS' ? null : 'a.c:1: oh';
  const more = { cached: false, reproduce: './uio-msi build', log: null, findings: [], outputs: {} };
  return {
    ...{ version: 1, run: `202611${day}T011700Z-${kernel.replaceAll('.', '')}`, series: 'uio_msi' },
    ...{ revision: 'v2', content: 'c0ffee', verdict, started: `2026-11-${day}T01:17:00.000Z`, seconds: 1 },
    ...{ command: './uio-msi nightly', tier: 'nightly', chosen: true },
    cells: [
      {
        ...cell,
        key: cellKey(cell),
        verdict,
        stages: [{ stage: 'build', verdict, seconds: 1, reason, ...more }],
      },
    ],
  };
};

const isReported = (at: string): boolean =>
  ['index.html', 'junit.xml', 'kcidb.json'].every((file) =>
    existsSync(join(at, 'linux-tree/state/latest', file)),
  );

// One cell fails for some nights, on one of which its job dies.
const NIGHTS = [
  {
    day: 20,
    verdict: 'FAIL',
    exitCode: 1,
    told: 'compared with nothing: there is no earlier run like it: 1 new failure',
  },
  { day: 21, verdict: 'FAIL', exitCode: 0, told: '1 still failing' },
  { day: 22, verdict: null, exitCode: 3, told: 'reported nothing of it' },
  { day: 23, verdict: 'FAIL', exitCode: 0, told: '1 still failing' },
  { day: 24, verdict: 'PASS', exitCode: 0, told: '1 fixed' },
] as const;
type Night = (typeof NIGHTS)[number];

// Tried again, a night is not compared with itself: what was new in it still is.
const attempts = ({ day }: Night): readonly string[] =>
  day === NIGHTS[0].day ? ['once', 'again'] : ['once'];

/** What the jobs of a plan leave in a night, as each of them writes it. */
const left = (plan: string, { day, verdict }: Night): readonly string[] => {
  const found = JSON.parse(plan);
  const jobs: readonly { cells?: string; CELLS?: string }[] = found.include ?? found.cell.parallel.matrix;
  return jobs.flatMap(({ cells, CELLS = '' }, at) => {
    const mine = at === 0 ? verdict : 'PASS';
    return mine === null ? [] : [JSON.stringify(result(cells ?? CELLS, mine, day))];
  });
};

const put = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

interface Step {
  readonly run?: string;
}

/** What the job of a cell does, but that it lists the tier's cells instead of running its own: those take minutes. */
const onlyListed = (script: string): string =>
  script.replace(/nightly --cells "\$CELLS" --deadline \S+ --fail-on never/, 'matrix --tier nightly');

it.each([
  ['GitHub', '.github/workflows/nightly.yml', 'result.json'],
  ['GitLab', 'ci/cell.yml', 'results/3.json'],
])('a cell of %s writes its result where it is taken from, on a fresh machine', (host, file, written) => {
  const parsed = workflow(file);
  const all: readonly string[] =
    host === 'GitHub' ? parsed.jobs.cell.steps.flatMap(({ run }: Step) => run ?? []) : parsed.cell.script;
  const script = onlyListed(all.at(-1) ?? '');
  expect(script).toContain('matrix --tier nightly --json');
  const cwd = machine(`${host}-cell`);
  const { status, stderr } = run(script, { cwd, env: { CI_NODE_INDEX: '3' } });
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  expect(JSON.parse(readFileSync(join(cwd, written), 'utf8'))).toMatchObject({ version: 1 });
});

describe('GitHub', () => {
  const { jobs } = workflow('.github/workflows/nightly.yml');
  const scripts = (job: string): readonly string[] =>
    jobs[job].steps.flatMap(({ run: script }: Step) => script ?? []);

  beforeAll(() => {
    // Newest first, as gh does it: that of the night itself too, and one that was cancelled and left nothing.
    put(join(dir, 'bin/gh'), '');
    program(
      join(dir, 'bin/gh'),
      `case "$1 $2" in
      "run list") [ "$3 $4 $5 $6 $7 $8" = "--workflow nightly.yml --branch main --event schedule" ] || exit 1
        ls -r ${dir}/artifacts; echo 7 ;;
      "run download") [ "$4 $5 $6" = "--name whole --dir" ] || exit 1
        mkdir -p "$7" && cp ${dir}/artifacts/$3/whole.json "$7/" ;;
      esac`,
    );
  });

  it('is red for what is new alone, and keeps what the next night is compared with', () => {
    const planner = machine('github-plan');
    const planned = run(scripts('plan')[0] ?? '', {
      cwd: planner,
      env: { GITHUB_OUTPUT: join(planner, 'output') },
    });
    expect(planned).toMatchObject({ status: 0 });
    const plan = readFileSync(join(planner, 'plan.json'), 'utf8');
    expect(readFileSync(join(planner, 'output'), 'utf8')).toBe(`matrix=${plan}`);
    for (const night of NIGHTS) {
      const cwd = machine(`github-${night.day}`);
      put(join(cwd, 'plan.json'), plan);
      for (const [at, text] of left(plan, night).entries())
        put(join(cwd, `results/result-${at}/result.json`), text);
      mkdirSync(join(dir, 'artifacts', `${night.day}`), { recursive: true });
      const [fetch = '', merge = ''] = scripts('merge');
      const env = { GITHUB_REF_NAME: 'main', GITHUB_RUN_ID: `${night.day}` };
      expect(run(fetch, { cwd, env })).toMatchObject({ status: 0 });
      for (const _ of attempts(night)) {
        const { status, stdout } = run(merge, { cwd, env });
        expect([status, stdout], stdout).toEqual([night.exitCode, expect.stringContaining(night.told)]);
        expect(isReported(cwd)).toBe(true);
        cpSync(join(cwd, 'whole.json'), join(dir, 'artifacts', `${night.day}`, 'whole.json'));
        expect(run(fetch, { cwd, env })).toMatchObject({ status: 0 });
      }
    }
  });
});

describe('GitLab', () => {
  const { plan: planner } = workflow('.gitlab-ci.yml');
  const { merge } = workflow('ci/cell.yml');
  const cache = 'nights';

  it('is red for what is new alone, and keeps what the next night is compared with', () => {
    const cells = machine('gitlab-plan');
    expect(run(planner.script[0], { cwd: cells })).toMatchObject({ status: 0 });
    const plan = readFileSync(join(cells, 'cells.yml'), 'utf8');
    for (const night of NIGHTS)
      for (const attempt of attempts(night)) {
        const cwd = machine(`gitlab-${night.day}-${attempt}`);
        if (existsSync(join(dir, cache))) cpSync(join(dir, cache), join(cwd, cache), { recursive: true });
        for (const [at, text] of left(plan, night).entries()) put(join(cwd, `results/${at + 1}.json`), text);
        const env = { CI_PIPELINE_ID: `${night.day}` };
        const { status, stdout } = run(merge.script.join('\n'), { cwd, env });
        expect([status, stdout], stdout).toEqual([night.exitCode, expect.stringContaining(night.told)]);
        expect(run(merge.after_script.join('\n'), { cwd, env })).toMatchObject({ status: 0 });
        expect(isReported(cwd)).toBe(true);
        cpSync(join(cwd, cache), join(dir, cache), { recursive: true });
      }
    expect(readdirSync(join(dir, cache))).toEqual(NIGHTS.map(({ day }) => `${day}.json`));
  });

  it('keeps ten nights, the newest', () => {
    const cwd = machine('gitlab-many');
    for (let at = 1; at <= 12; at += 1) put(join(cwd, cache, `${at}.json`), '{}');
    put(join(cwd, 'whole.json'), '{}');
    const env = { CI_PIPELINE_ID: '13' };
    expect(run(merge.after_script.join('\n'), { cwd, env })).toMatchObject({ status: 0 });
    const kept = readdirSync(join(cwd, cache)).sort(
      (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10),
    );
    expect(kept).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((at) => `${at}.json`));
  });
});
