// SPDX-License-Identifier: MIT
import type { CellResult, StageResult } from '@uio-msi/model';
import type { VNode } from 'preact';
import { duration, summary } from '../words.js';
import { Cases } from './cases.js';
import { Checks } from './checks.js';
import { Findings } from './findings.js';
import { logFile } from './names.js';
import { Badge, Printed } from './page.js';
import { Patches } from './patches.js';

interface StageProps {
  readonly cell: CellResult;
  readonly stage: StageResult;
  readonly hasLog: boolean;
}

/** One stage of a cell: verdict, what it found, how to see it again. */
export const Stage = ({ cell, stage, hasLog }: StageProps): VNode => (
  <section id={stage.stage}>
    <h2>
      <Badge verdict={stage.verdict} /> {stage.stage}
    </h2>
    <p>
      {summary(stage)}{' '}
      <span class="soft">
        {duration(stage.seconds)}
        {stage.cached ? ', from the ledger' : ''}
      </span>{' '}
      {hasLog && <a href={logFile(cell, stage)}>log</a>}
    </p>
    <Printed label={`Command that does ${stage.stage} again`} text={stage.reproduce} />
    {(stage.splats ?? []).map((splat) => (
      <div class="trouble" key={splat.text}>
        <h3>
          {splat.kind}: {splat.title}
        </h3>
        <Printed label={splat.title} text={splat.text} />
      </div>
    ))}
    <Patches patches={stage.patches ?? []} />
    <Checks checks={stage.checks ?? []} />
    <Findings findings={stage.findings} />
    <Cases cases={stage.cases ?? []} />
  </section>
);
