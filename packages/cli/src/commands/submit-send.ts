// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import type { Posting } from '@uio-msi/submit';
import { defineCommand } from '../command/spec.js';
import { refusals } from '../submit/refusals.js';
import type { RevisionOptions } from '../submit/revision.js';
import { SERIES } from './options.js';
import { REVISION_OPTIONS } from './submit-options.js';

interface SendOptions extends RevisionOptions {
  readonly dryRun?: true;
  readonly reflect?: true;
}

const CONDITIONS =
  'Nothing is sent that its sender did not sign off, that preflight did not pass, or that nobody confirmed on a terminal.';

/** `submit send`: to the lists. */
export const send = defineCommand<SendOptions>({
  name: 'send',
  summary: `mail the series. ${CONDITIONS}`,
  options: [
    ...REVISION_OPTIONS,
    { flags: '--dry-run', summary: 'say who would get what, and send nothing' },
    { flags: '--reflect', summary: 'send it to yourself only, to look at' },
  ],
  examples: [
    ['submit send --dry-run', 'who would get what'],
    ['submit send --reflect', 'all mails, to yourself only'],
    ['submit send', 'to the lists; with git’s sendemail configuration'],
  ],
  async run(options, world) {
    const { openRevision } = await import('../submit/revision.js');
    const { sendContext } = await import('../submit/context.js');
    const { triedOn } = await import('../submit/tried.js');
    const submit = await import('@uio-msi/submit');
    const { revision, config, base } = await openRevision(options, world);
    if (options.dryRun) {
      const { sender } = revision;
      const way = await submit.chooseTransport(config, process.env).then(
        ({ description }) => description,
        (error: Error) => `nothing yet (${error.message})`,
      );
      const to = options.reflect ? [sender.address] : submit.envelopeOf(revision);
      return {
        exitCode: EXIT.good,
        text: `${submit.describePosting(revision, way, to)}\nnothing was sent`,
        json: { version: 1, sent: false, to, mails: revision.messages.map(describeMessage) },
      };
    }
    const context = await sendContext(world, config);
    const reflect = options.reflect === true;
    const record = reflect ? null : await submit.findRecord(context.state, revision);
    const tried = reflect ? '' : triedOn(revision.series, base);
    return outcome(await submit.sendRevision(revision, { reflect, record, tried }, context));
  },
});

/** `submit resume`: what is left of a posting. */
export const resume = defineCommand<{ readonly series: string }>({
  name: 'resume',
  summary: 'go on with a posting that was interrupted: the same mails, and nobody gets one twice',
  options: [SERIES],
  examples: [['submit resume', 'after a server hung up']],
  async run(options, world) {
    const { openSeries } = await import('../cells/series.js');
    const { sendContext } = await import('../submit/context.js');
    const { readGitConfig, resumePosting } = await import('@uio-msi/submit');
    const series = await openSeries(world.root, options.series);
    return outcome(await resumePosting(series, await sendContext(world, await readGitConfig(series.dir))));
  },
});

const describeMessage = ({
  subject,
  messageId,
  file,
}: {
  subject: string;
  messageId: string;
  file: string;
}) => ({
  subject,
  messageId,
  file,
});

const outcome = ({ journal, folder }: Posting) => {
  const { series, revision, reflect, mails, tag } = journal;
  const lines = [
    `sent ${mails.length === 1 ? '1 mail' : `${mails.length} mails`} of ${series} v${revision}${reflect ? ' to yourself' : ''}`,
    ...(reflect
      ? []
      : [
          `  archived in posted/v${revision}.mbox${tag ? `, tagged ${tag}` : ''}; series.yaml opens the next revision: commit both`,
        ]),
    ...refusals(
      mails.flatMap(({ refused }) =>
        refused.flatMap(({ addresses, answer }) => addresses.map((address) => `${address}: ${answer}`)),
      ),
    ).map((line) => `  ${line}`),
  ];
  const lost = mails.some(({ refused }) => refused.length > 0);
  return {
    exitCode: lost ? EXIT.failures : EXIT.good,
    text: lines.join('\n'),
    json: { ...journal, version: 1, sent: true, journal: folder },
  };
};
