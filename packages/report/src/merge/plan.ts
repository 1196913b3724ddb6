// SPDX-License-Identifier: MIT
import {
  type CellResult,
  cellKey,
  familyOf,
  namedSquares,
  type RunResult,
  squareName,
  UserError,
  worstVerdict,
} from '@uio-msi/model';

/** A cell that a job of a build server was to run. */
export interface PlannedSquare {
  /** The job's name. */
  readonly shard: string;
  /** `7.2.6/x86_64/gcc/minimal`, as `squareName` gives it. */
  readonly cell: string;
}

/** What the jobs of a build server were given together. */
export interface JobPlan {
  /** Whether somebody chose these cells: then it is no whole tier. */
  readonly chosen: boolean;
  readonly squares: readonly PlannedSquare[];
}

/**
 * Reads the plan that the jobs were given: what `matrix --format github` or `gitlab` printed.
 *
 * @param source where it is from, for the error
 * @throws {UserError} `bad-plan`
 */
export const readPlan = (text: string, source: string): JobPlan => {
  const found = Object(parse(text)) as Plan;
  const given = found.include ?? found.cell?.parallel?.matrix;
  const jobs: readonly Job[] = Array.isArray(given) ? given : [];
  const squares = jobs.flatMap((job) =>
    cellsOf(job, found)
      .split(',')
      .flatMap(namedSquares)
      .map((cell) => ({ shard: String(job.name ?? job.NAME ?? ''), cell })),
  );
  const chosen = jobs.some((job) => job.chosen === true) || Object(found.variables).CHOSEN === 'true';
  if (squares.length > 0 && squares.every(({ cell }) => SQUARE.test(cell))) return { chosen, squares };
  throw new UserError({
    code: 'bad-plan',
    message: `${source} is no plan of jobs`,
    next: 'name what `./uio-msi matrix --format github`, or gitlab, printed',
  });
};

// Where there are many for one job, GitLab has them in a variable.
const cellsOf = ({ cells, CELLS }: Job, { variables }: Plan): string => {
  const said = String(cells ?? CELLS ?? '');
  return said.startsWith('$') ? String(Object(variables)[said.slice(1)] ?? '') : said;
};

interface Job {
  readonly name?: unknown;
  readonly chosen?: unknown;
  readonly cells?: unknown;
  readonly NAME?: unknown;
  readonly CELLS?: unknown;
}
interface Plan {
  readonly include?: unknown;
  readonly variables?: unknown;
  readonly cell?: { readonly parallel?: { readonly matrix?: unknown } };
}

const SQUARE =
  /^(?<kernel>\w[\w.+-]*)\/(?<arch>\w+)\/(?<toolchain>[\w-]+)\/(?<config>[\w-]+)(?:\/first(?<prefix>\d+))?$/;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/**
 * A run with what was planned and nobody reported: a MISS for each such cell, with the job that was
 * to run it. The jobs of a whole tier make a whole tier, though each was given some of its cells. Pure.
 */
export const withUnreported = ({ chosen, ...run }: RunResult, plan: JobPlan): RunResult => {
  const reported = new Set(run.cells.flatMap(squaresOf));
  const dead = plan.squares.filter(({ cell }) => !reported.has(cell));
  const lines = new Map(run.cells.map(({ kernel, line }) => [kernel, line]));
  const cells = [...run.cells, ...dead.map((square) => unreported(square, run, lines))];
  const verdict = worstVerdict(cells.map((cell) => cell.verdict));
  return { ...run, ...(chosen && plan.chosen && { chosen }), cells, verdict };
};

// A plan names a family of compilers, or one version of it; a result what the machine had.
const squaresOf = (cell: CellResult): readonly string[] =>
  [cell.toolchain, familyOf(cell.toolchain)].map((toolchain) => squareName({ ...cell, toolchain }));

// Without it, a cell of the week is not found. A result from elsewhere may name anything, and this is a command.
const nightly = ({ tier = '' }: Pick<RunResult, 'tier'>): string =>
  /^[a-z]+$/.test(tier) ? `./uio-msi nightly --tier ${tier}` : './uio-msi nightly';

// As `kernels add` gives a line to what is in no catalogue.
const lineOf = (kernel: string): string => {
  if (kernel.startsWith('next-')) return 'next';
  return /-rc\d+$/.test(kernel) ? 'mainline' : kernel.split('.').slice(0, 2).join('.');
};

const unreported = (
  { shard, cell: square }: PlannedSquare,
  { series, revision, ...run }: Pick<RunResult, 'run' | 'series' | 'revision' | 'tier'>,
  lines: ReadonlyMap<string, string>,
): CellResult => {
  const { kernel = '', arch = '', toolchain = '', config = '', prefix } = SQUARE.exec(square)?.groups ?? {};
  const line = lines.get(kernel) ?? lineOf(kernel);
  const part = prefix === undefined ? {} : { prefix: Number(prefix) };
  const cell = { series, revision, line, kernel, arch, toolchain, config, ...part };
  const reason = `the job "${shard}" reported nothing of it`;
  return {
    ...{ ...cell, key: cellKey(cell), from: run.run, verdict: 'MISS' },
    stages: [
      {
        ...{ stage: 'source', verdict: 'MISS', seconds: 0, cached: false, reason },
        ...{ reproduce: `${nightly(run)} --cells ${square}`, log: null, findings: [], outputs: {} },
      },
    ],
  };
};
