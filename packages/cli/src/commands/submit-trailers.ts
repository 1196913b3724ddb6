// SPDX-License-Identifier: MIT
import { resolve } from 'node:path';
import { EXIT } from '@uio-msi/model';
import type { Collected } from '@uio-msi/submit';
import { defineCommand } from '../command/spec.js';
import { SERIES } from './options.js';

interface TrailerOptions {
  readonly series: string;
  readonly dryRun?: true;
}

const DOUBTS: Readonly<Record<Collected['doubts'][number], string>> = {
  address: 'its address is not that of the mail',
  quoted: 'it stands in a quoted line',
  'older-revision': 'it was given to an older revision',
  'no-address': 'it names no address',
  spelling: 'it is not written as tags are',
  'some-patches': 'it was given to the cover letter, and speaks of some patches',
  report: 'what is found in a patch under review is no bug that its next version fixes',
  'by-subject': 'only its subject says what it answers',
};

/** `submit trailers`: what reviewers gave. */
export const trailers = defineCommand<TrailerOptions>({
  name: 'trailers',
  summary: 'put Reviewed-by, Acked-by, Tested-by and the like from answers into the patches they are for',
  argument: { name: '<mailbox>', summary: 'the thread, as an archive gives it' },
  options: [SERIES, { flags: '--dry-run', summary: 'say what would be done, and change nothing' }],
  examples: [
    ['submit trailers t.mbox.gz --dry-run', 'what was given, and what is doubtful'],
    ['submit trailers t.mbox.gz', 'the same, written; what is doubtful is asked on a terminal'],
  ],
  async run(options, world, argument) {
    const { openSeries } = await import('../cells/series.js');
    const { personAt } = await import('../submit/person.js');
    const { applyTrailers, collectTrailers } = await import('@uio-msi/submit');
    const series = await openSeries(world.root, options.series);
    const found = await collectTrailers(series, resolve(argument ?? ''));
    const person = personAt(world);
    const lost = (error: unknown): never => {
      world.progress({ type: 'note', text: 'nothing was written, and your answers so far are not kept' });
      throw error;
    };
    const decided: Collected[] = [];
    for (const one of found) {
      const asked = one.status === 'ask' && person.terminal && !options.dryRun;
      const yes = asked && /^y/i.test(await person.ask(`${describe([one])}\n  add it? [y/N] `).catch(lost));
      decided.push(yes ? { ...one, status: 'add' } : one);
    }
    const files = options.dryRun ? [] : await applyTrailers(series, decided);
    return {
      exitCode: EXIT.good,
      text: [
        ...together(decided).map((alike) =>
          describe(alike, options.dryRun ? { ...WORDS, add: 'would be added to' } : WORDS),
        ),
        found.length === 0
          ? 'no tags were given'
          : options.dryRun
            ? 'nothing was written'
            : `${files.length} files changed`,
      ].join('\n'),
      json: { version: 1, series: series.name, trailers: decided, changed: files },
    };
  },
});

const WORDS: Readonly<Record<Collected['status'], string>> = {
  add: 'added to',
  have: 'is in',
  ask: 'doubtful, left out of',
  changed: 'dropped: changed since is',
  gone: 'dropped: the series has no more',
  elsewhere: 'not for this series:',
  nack: 'is a no, to be answered, to',
};

// A tag on the cover letter is for all patches: nobody reads that eight times.
const together = (found: readonly Collected[]): readonly Collected[][] => {
  const tags = new Map<string, Collected[]>();
  for (const one of found) {
    const tag = JSON.stringify([one.key, one.value, one.mail, one.status, one.doubts]);
    tags.set(tag, [...(tags.get(tag) ?? []), one]);
  }
  return [...tags.values()];
};

const describe = (alike: readonly Collected[], words = WORDS): string =>
  alike
    .slice(0, 1)
    .flatMap(({ key, value, from, mail, status, doubts }) => [
      `${key}: ${value}`,
      ...alike.map(({ patch, subject }) => `  ${words[status]} ${patch ?? subject}`),
      ...doubts.map((doubt) => `  ${DOUBTS[doubt]}`),
      `  from ${from}, <${mail}>`,
    ])
    .join('\n');
