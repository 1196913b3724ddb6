// SPDX-License-Identifier: MIT
import type { StageResult } from '@uio-msi/model';
import { counts, place } from './words.js';

/** What went wrong in a stage, a line each: hunks that did not fit, findings, failed cases, splats. */
export const troubles = (stage: StageResult): string[] => [
  ...(stage.patches ?? [])
    .filter(({ rejected }) => rejected.length > 0)
    .flatMap(({ file, rejected }) =>
      rejected.map((r) => `${file}: ${r.file}${r.hunk ? ` ${r.hunk}` : ''}: ${r.reason}`),
    ),
  ...stage.findings
    .filter(counts)
    .map((f) => `${place(f)}: ${f.severity}: ${f.message} [${f.tool} ${f.kind}]`),
  ...(stage.cases ?? [])
    .filter(({ verdict }) => verdict === 'FAIL' || verdict === 'ERROR')
    .map((c) => `${c.verdict} ${c.device}/${c.vectors} ${c.id}: ${c.message ?? 'no message'}`),
  ...(stage.splats ?? []).map((splat) => `${splat.kind}: ${splat.title}`),
];
