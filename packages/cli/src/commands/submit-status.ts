// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import { SERIES } from './options.js';

const WORDS = {
  sent: 'sent',
  begun: 'nothing sent yet: ./uio-msi submit resume, or send it anew',
  partly: 'half sent: ./uio-msi submit resume',
  unknown: 'half sent, and of one mail nobody knows: ./uio-msi submit resume',
  closing: 'sent, not yet archived and tagged: ./uio-msi submit resume',
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
          `  v${revision}${resend ? ' RESEND' : ''}${reflect ? ' to yourself' : ''}  ${started}  ${delivered} of ${mails} mails  ${WORDS[state]}${tag ? `  ${tag}` : ''}`,
          `      <${first}>`,
          ...refused.map(({ address, answer }) => `      not taken for ${address}: ${answer}`),
        ],
      ),
    ];
    return { exitCode: EXIT.good, text: text.join('\n'), json: { version: 1, ...found } };
  },
});
