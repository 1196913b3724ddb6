// SPDX-License-Identifier: MIT
import { type Change, type Finding, isGood, isNewFailure, type StageResult } from '@uio-msi/model';
import type { VNode } from 'preact';
import { counts, duration, summary } from '../../words.js';
import type { CellExtras } from '../input.js';
import { Command } from '../page.js';
import { Badge } from '../verdict.js';
import { Cases } from './cases.js';
import { Checks } from './checks.js';
import { Findings } from './findings.js';
import { Log } from './log.js';
import { Patches } from './patches.js';
import { Splats } from './splats.js';

const newFindings = (changes: readonly Change[]): ((finding: Finding) => boolean) => {
  const told = new Set(changes.filter(isNewFailure).map(({ title }) => title));
  return ({ file, message, severity }) => severity !== 'note' && told.has(`${file}: ${message}`);
};

interface StageProps {
  readonly stage: StageResult;
  /** What has changed in this stage of this cell; empty when there is nothing to compare with. */
  readonly changes: readonly Change[];
  readonly extras: CellExtras;
}

// A reader comes for what went wrong.
const isOpen = ({ verdict, splats = [], attempts = [], findings }: StageResult): boolean =>
  !isGood(verdict) || splats.length > 0 || attempts.length > 0 || findings.some(counts);

/** What came of it before it was tried again. */
const Attempts = ({ stage: { attempts = [] } }: { stage: StageResult }): VNode | null =>
  attempts.length === 0 ? null : (
    <ul class="plain">
      {attempts.map(({ verdict, reason, seconds }, at) => (
        <li key={`${at + 1}`}>
          <Badge verdict={verdict} /> try {at + 1}, {duration(seconds)}: {reason ?? 'no reason was given'}
        </li>
      ))}
    </ul>
  );

/** What the tree without the series has, and no more with it. */
const Fixed = ({ stage, findings }: { stage: string; findings: readonly Finding[] }): VNode | null =>
  findings.length === 0 ? null : (
    <>
      <h3>Fixed by the series</h3>
      <Findings label={`What ${stage} found fixed`} findings={findings} isNew={() => false} />
    </>
  );

/** One stage of a cell: verdict, what it found, how to see it again. Folded when there is nothing to see. */
export const Stage = ({ stage, changes, extras }: StageProps): VNode => {
  const log = extras.logs.get(stage.stage);
  const said = summary(stage);
  return (
    <details class="stage" open={isOpen(stage)}>
      <summary>
        <h2>
          <Badge verdict={stage.verdict} /> {stage.stage}
        </h2>{' '}
        <small class="soft">
          {duration(stage.seconds)}
          {stage.cached ? ', known from an earlier run' : ''}
        </small>
        {said && <p class="reason">{said}</p>}
      </summary>
      {/* An address that leads into a closed part opens it. */}
      <div id={stage.stage}>
        <Command line={stage.reproduce} />
        <Attempts stage={stage} />
        <Splats splats={stage.splats ?? []} stacks={extras.stacks} />
        <Patches patches={stage.patches ?? []} />
        <Checks checks={stage.checks ?? []} />
        <Findings
          label={`Findings of ${stage.stage}`}
          findings={stage.findings}
          isNew={newFindings(changes)}
        />
        <Fixed stage={stage.stage} findings={stage.fixed ?? []} />
        <Cases stage={stage.stage} cases={stage.cases ?? []} devices={stage.devices ?? []} />
        {log && <Log stage={stage.stage} log={log} open={!isGood(stage.verdict)} />}
      </div>
    </details>
  );
};
