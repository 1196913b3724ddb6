// SPDX-License-Identifier: MIT
import { type CellResult, STAGES, type StageResult } from '@uio-msi/model';
import type { VNode } from 'preact';
import { configured, duration } from '../../words.js';
import { cellFile } from '../names.js';
import { Wide } from '../page.js';

const Square = ({ cell, stage }: { cell: CellResult; stage: StageResult | undefined }): VNode =>
  stage === undefined ? (
    <td class="q">·</td>
  ) : (
    <td class="q">
      <a class={`v v-${stage.verdict}`} href={`${cellFile(cell)}#${stage.stage}`}>
        {stage.verdict}
      </a>
      <small>{stage.cached ? 'known' : duration(stage.seconds)}</small>
    </td>
  );

/** The stages of a few cells, a row each. */
export const Stages = ({ cells }: { cells: readonly CellResult[] }): VNode => (
  <Wide label="Stages">
    <table class="matrix">
      <thead>
        <tr>
          <th scope="col">cell</th>
          {STAGES.map((name) => (
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
              <small>
                {cell.arch} {cell.toolchain} {configured(cell)}
              </small>
            </th>
            {STAGES.map((name) => (
              <Square key={name} cell={cell} stage={cell.stages.find(({ stage }) => stage === name)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Wide>
);
