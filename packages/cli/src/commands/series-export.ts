// SPDX-License-Identifier: MIT
import { join, resolve } from 'node:path';
import { EXIT, UserError } from '@uio-msi/model';
import type { Backport } from '@uio-msi/series';
import { defineCommand } from '../command/spec.js';
import { lineOf, list, SERIES } from './options.js';

interface ExportOptions {
  readonly series: string;
  readonly stable?: string;
  readonly only?: readonly string[];
  readonly upstream?: readonly string[];
  readonly git?: string;
  readonly branch?: string;
  readonly needs?: readonly string[];
  readonly brackets?: true;
  readonly dir?: string;
  readonly dryRun?: true;
}

/** `series export`: a backport for a stable tree. */
export const exportCommand = defineCommand<ExportOptions>({
  name: 'export',
  summary: 'write what is upstream of the series for a stable kernel, as stable@vger.kernel.org wants it',
  options: [
    SERIES,
    { flags: '--stable <line>', summary: 'the line of stable kernels: 6.12' },
    { flags: '--only <list>', summary: 'some of the patches, by number or file (default: all)', parse: list },
    {
      flags: '--git <dir>',
      summary: 'a clone that has Linus’ tree, to find the commits in by subject and patch-id',
    },
    {
      flags: '--branch <ref>',
      summary: 'where Linus’ tree is in it (default: master of linus, torvalds, origin…)',
    },
    {
      flags: '--upstream <list>',
      summary: 'the commits: one for each patch, in order, or FILE=COMMIT',
      parse: list,
    },
    {
      flags: '--needs <list>',
      summary: 'more commits of Linus’ tree that have to be there first',
      parse: list,
    },
    { flags: '--brackets', summary: 'write "[ Upstream commit … ]" for "commit … upstream."' },
    { flags: '--dir <dir>', summary: 'where to write (default: linux-tree/stable/SERIES-LINE)' },
    { flags: '--dry-run', summary: 'show the patches, and write nothing' },
  ],
  examples: [
    ['series export --series uio_minor --stable 6.12 --git ~/linux', 'when it is in Linus’ tree'],
    [
      'series export --stable 6.12 --only 2 --upstream 0123456789abcdef0123456789abcdef01234567 --dry-run',
      'one fix',
    ],
  ],
  async run(options, world) {
    const { makeBackport } = await import('@uio-msi/series');
    const { readGitConfig, readSender } = await import('@uio-msi/submit');
    const { nameWork } = await import('../cells/work.js');
    const { linesWithout, upstreamAt, writeBackport } = await import('../cells/backport.js');
    const { namedCommits } = await import('../cells/named-commits.js');
    if (options.stable === undefined)
      throw new UserError({
        code: 'kernel-not-named',
        message: 'no stable line is named',
        next: 'say for which: ./uio-msi series export --stable LINE',
      });
    const { series, line, version, open } = await nameWork(
      { series: options.series, kernel: lineOf(options.stable) },
      world,
    );
    const { kernel, context } = await open();
    const backport = await makeBackport({
      series,
      only: options.only ?? null,
      kernel,
      store: context.store,
      upstream: await upstreamAt(options.git, options.branch, context),
      named: namedCommits(series, options.only ?? null, options.upstream ?? []),
      needs: options.needs ?? [],
      mention: options.brackets ? 'brackets' : 'commit',
      by: readSender(await readGitConfig(series.dir)).address,
      signal: world.signal,
    });
    const dir = resolve(options.dir ?? join(world.root, 'linux-tree/stable', `${series.name}-${line}`));
    if (!options.dryRun) await writeBackport(dir, backport);
    const newer = await linesWithout(series, line, backport, world);
    return {
      exitCode: EXIT.good,
      text: describe(backport, { version, newer, dir: options.dryRun ? null : dir }),
      json: {
        version: 1,
        series: series.name,
        kernel: version,
        dir: options.dryRun ? null : dir,
        ...backport,
        newer,
      },
    };
  },
});

const describe = (
  { patches, present, needed, notes }: Backport,
  { version, newer, dir }: { version: string; newer: readonly string[]; dir: string | null },
): string =>
  [
    ...(dir === null ? patches.map(({ text }) => `${text}\n`) : [dir]),
    ...patches.map(({ file, upstream, status, adjusted }) =>
      [
        `${status.padEnd(10)}  ${file}`,
        `            is ${upstream}`,
        ...(adjusted ? [`            ${adjusted}`] : []),
      ].join('\n'),
    ),
    ...present.map((file) => `linux ${version} has it already: ${file}`),
    ...needed.map(
      ({ commit, subject }) =>
        `has to be there first: ${commit.slice(0, 12)} ("${subject}"), listed in Cc: stable`,
    ),
    ...notes.map((note) => `note: ${note}`),
    ...newer.map(
      (one) =>
        `note: ${one} does not have it, and newer stable kernels must: ./uio-msi series export --stable ${one}`,
    ),
    dir === null
      ? 'nothing was written'
      : `next: read them, try them (git am on linux ${version}), sign each off yourself, and\n  git send-email --to=stable@vger.kernel.org ${dir}/*.patch`,
  ].join('\n');
