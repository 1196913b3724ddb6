// SPDX-License-Identifier: MIT
import type { VNode } from 'preact';
import { size } from '../../words.js';
import type { LogExcerpt } from '../input.js';
import { Printed } from '../page.js';

interface LogProps {
  readonly stage: string;
  readonly log: LogExcerpt;
  readonly open: boolean;
}

/** The end of a log, and the way to the whole. */
export const Log = ({ stage, log, open }: LogProps): VNode => (
  <details open={open}>
    <summary>Log of {stage}: its end</summary>
    <p>
      <a href={`../${log.file}`}>The whole log</a>, {size(log.size)}
      {log.file.endsWith('.gz') && ', compressed: read it with zless'}
    </p>
    <Printed label={`End of the log of ${stage}`} text={log.end} />
  </details>
);
