// SPDX-License-Identifier: MIT
import { type CellResult, type RunResult, STAGES } from '@uio-msi/model';
import type { VNode } from 'preact';
import { troubles } from '../troubles.js';
import { configured, count, duration, firstBad, summary } from '../words.js';
import { cellFile } from './names.js';
import { Badge, Wide } from './page.js';

// The cell's page has the rest.
const MOST = 5;

const Square = ({ cell, name }: { cell: CellResult; name: string }): VNode => {
  const stage = cell.stages.find((candidate) => candidate.stage === name);
  if (!stage) return <td class="soft">–</td>;
  return (
    <td>
      <a href={`${cellFile(cell)}#${name}`}>
        <Badge verdict={stage.verdict} />
      </a>
      <small>{stage.cached ? 'cached' : duration(stage.seconds)}</small>
    </td>
  );
};

const Matrix = ({ cells }: { cells: readonly CellResult[] }): VNode => (
  <Wide label="Matrix">
    <table class="matrix">
      <thead>
        <tr>
          <th scope="col">kernel</th>
          {['arch', 'toolchain', 'config', 'verdict', ...STAGES].map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cells.map((cell) => (
          <tr key={cell.key}>
            <th scope="row">
              <a href={cellFile(cell)}>{cell.kernel}</a>
            </th>
            <td>{cell.arch}</td>
            <td>{cell.toolchain}</td>
            <td>{configured(cell)}</td>
            <td>
              <Badge verdict={cell.verdict} />
            </td>
            {STAGES.map((name) => (
              <Square key={name} cell={cell} name={name} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Wide>
);

const Troubles = ({ cells }: { cells: readonly CellResult[] }): VNode | null => {
  const bad = cells.flatMap((cell) => {
    const stage = firstBad(cell);
    return stage ? [{ cell, stage }] : [];
  });
  if (bad.length === 0) return null;
  return (
    <section>
      <h2>What went wrong</h2>
      {bad.map(({ cell, stage }) => (
        <div class="trouble" key={cell.key}>
          <p>
            <Badge verdict={stage.verdict} />{' '}
            <a href={`${cellFile(cell)}#${stage.stage}`}>
              {cell.key}, {stage.stage}
            </a>
          </p>
          <p>{summary(stage)}</p>
          <ul>
            {troubles(stage)
              .slice(0, MOST)
              .map((line) => (
                <li key={line}>{line}</li>
              ))}
          </ul>
          <pre>{stage.reproduce}</pre>
        </div>
      ))}
    </section>
  );
};

/** The first page: the run, what went wrong, the matrix. */
export const Overview = ({ run }: { run: RunResult }): VNode => (
  <>
    <h1>
      <Badge verdict={run.verdict} /> {run.series} {run.revision}
    </h1>
    <p class="soft">{count(run.cells.length, 'cell')} of the matrix</p>
    <dl class="facts">
      <dt>run</dt>
      <dd class="mono">{run.run}</dd>
      <dt>started</dt>
      <dd>
        <time dateTime={run.started}>{run.started}</time>, took {duration(run.seconds)}
      </dd>
      <dt>command</dt>
      <dd>
        <code>{run.command}</code>
      </dd>
      <dt>machine-readable</dt>
      <dd>
        <a href="run.json">run.json</a>, <a href="junit.xml">junit.xml</a>
      </dd>
    </dl>
    <Troubles cells={run.cells} />
    <h2>Matrix</h2>
    <Matrix cells={run.cells} />
  </>
);
