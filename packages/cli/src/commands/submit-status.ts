// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import { refusals } from '../submit/refusals.js';
import { SERIES } from './options.js';

const WORDS = {
  sent: () => 'sent',
  begun: (resume: string) => `nothing sent yet: ${resume}, or send it anew`,
  partly: (resume: string) => `half sent: ${resume}`,
  unknown: (resume: string) => `half sent, and of one mail nobody knows: ${resume}`,
  closing: (resume: string) => `sent, not yet archived and tagged: ${resume}`,
} as const;

/** `submit status`: what is where. */
export const status = defineCommand<{ readonly series: string }>({
  name: 'status',
  summary: 'what of a series was posted, what is half sent, and what is open',
  options: [SERIES],
  examples: [['submit status', 'revisions, and where each is']],
  async run(options, world) {
    const { openSeries } = await import('../cells/series.js');
    const { seriesStatus } = await import('@uio-msi/submit');
    const found = await seriesStatus(await world.openState(), await openSeries(world.root, options.series));
    const { series, open, posted, postings } = found;
    const text = [
      `${series}: ${open} is open`,
      ...posted.map((revision) => `  v${revision}  posted/v${revision}.mbox`),
      ...postings.flatMap(
        ({ revision, resend, reflect, started, state, delivered, mails, tag, first, refused }) => [
          `  v${revision}${resend ? ' RESEND' : ''}${reflect ? ' to yourself' : ''}  ${started}  ${delivered} of ${mails} mails  ${WORDS[state](`./uio-msi submit resume --series ${series}`)}${tag ? `  ${tag}` : ''}`,
          `      <${first}>`,
          ...refusals(refused.map(({ address, answer }) => `${address}: ${answer}`)).map(
            (line) => `      ${line}`,
          ),
        ],
      ),
    ];
    return { exitCode: EXIT.good, text: text.join('\n'), json: { version: 1, ...found } };
  },
});
