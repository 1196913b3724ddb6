// SPDX-License-Identifier: MIT
import { join, resolve } from 'node:path';
import { EXIT, UserError } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import { lineOf } from './options.js';

interface ImportOptions {
  readonly name?: string;
  readonly base?: string;
  readonly revision?: number;
  readonly message?: string;
  readonly partial?: true;
  readonly dryRun?: true;
}

const revisionNumber = (text: string): number => {
  const [, number] = /^v?([1-9]\d{0,3})$/i.exec(text) ?? [];
  if (number !== undefined) return Number(number);
  throw new UserError({
    code: 'bad-revision',
    message: `"${text}" is no revision`,
    next: 'give its number, for example 2 or v2',
  });
};

/** `series import`: a series out of a mailbox. */
export const importCommand = defineCommand<ImportOptions>({
  name: 'import',
  summary: 'make a series of the patches in a mailbox or thread',
  argument: { name: '<mailbox>', summary: 'a file of mails: mbox, one mail, or t.mbox.gz of an archive' },
  options: [
    { flags: '--name <name>', summary: 'what to call it (default: made of its subject)' },
    { flags: '--base <line>', summary: 'the kernel line its patches are for (default: the newest)' },
    {
      flags: '--revision <n>',
      summary: 'which one (default: the newest that is whole)',
      parse: revisionNumber,
    },
    { flags: '--message <id>', summary: 'the Message-Id of one of its mails, when there are several series' },
    { flags: '--partial', summary: 'take what there is of a series with patches missing' },
    { flags: '--dry-run', summary: 'say what would be made, and make nothing' },
  ],
  examples: [
    [
      'series import t.mbox.gz',
      'the newest revision becomes patches/<name>/, all of them are archived in posted/',
    ],
    ['series import thread.mbox --revision 1 --name old --dry-run', 'what v1 would be'],
  ],
  async run(options, world, argument) {
    const { openCatalogue } = await import('../cells/choose.js');
    const { importSeries } = await import('@uio-msi/submit');
    const lines = (await openCatalogue(world.root)).kernels.map(({ line }) => line);
    const newest = lines.find((line) => line !== 'mainline') ?? 'mainline';
    const base = options.base === undefined ? newest : lineOf(options.base);
    const imported = await importSeries({
      mailbox: resolve(argument ?? ''),
      into: join(world.root, 'patches'),
      name: options.name ?? null,
      base,
      revision: options.revision ?? null,
      message: options.message?.replace(/^<|>$/g, '') ?? null,
      partial: options.partial === true,
      dryRun: options.dryRun === true,
      signal: world.signal,
    });
    const { name, revision, subject, patches, posted, mails, unreadable, notes, dir } = imported;
    const text = [
      `${options.dryRun ? 'would make' : 'made'} ${dir}`,
      `  ${name} v${revision}: ${subject}`,
      ...patches.map((patch) => `  ${patch}`),
      `  of ${mails} mails${unreadable > 0 ? `, ${unreadable} of them not to be read` : ''}; archived: ${posted.join(', ') || 'nothing'}`,
      ...notes.map((note) => `  note: ${note}`),
    ];
    return { exitCode: EXIT.good, text: text.join('\n'), json: { version: 1, ...imported } };
  },
});
