// SPDX-License-Identifier: MIT
import {
  type CellResult,
  cellKey,
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

/**
 * Reads the plan that the jobs were given: what `matrix --format github` or `gitlab` printed.
 *
 * @param source where it is from, for the error
 * @throws {UserError} `bad-plan`
 */
export const readPlan = (text: string, source: string): readonly PlannedSquare[] => {
  const found = Object(parse(text)) as Plan;
  const jobs = found.include ?? found.cell?.parallel?.matrix;
  const planned = (Array.isArray(jobs) ? jobs : []).flatMap((job: Job) =>
    cellsOf(job, found)
      .split(',')
      .flatMap(namedSquares)
      .map((cell) => ({ shard: String(job.name ?? job.NAME ?? ''), cell })),
  );
  if (planned.length > 0 && planned.every(({ cell }) => SQUARE.test(cell))) return planned;
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
  /^(?<line>[\w]+\.\w+)(?<rest>[\w.-]*)\/(?<arch>\w+)\/(?<toolchain>[\w-]+)\/(?<config>[\w-]+)(?:\/first(?<prefix>\d+))?$/;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/**
 * A run with what was planned and nobody reported: a MISS for each such cell, with the job that was
 * to run it. Pure.
 */
export const withUnreported = (run: RunResult, plan: readonly PlannedSquare[]): RunResult => {
  const dead = plan.filter(({ cell }) => !run.cells.some((reported) => isOf(reported, cell)));
  const cells = [...run.cells, ...dead.map((square) => unreported(square, run))];
  return { ...run, cells, verdict: worstVerdict(cells.map(({ verdict }) => verdict)) };
};

// A plan names a family of compilers, or one version of it; a result what the machine had.
const isOf = (cell: CellResult, square: string): boolean =>
  [cell.toolchain, cell.toolchain.replace(/-\d.*$/, '')].some(
    (toolchain) => squareName({ ...cell, toolchain }) === square,
  );

// Without it, a cell of the week is not found. A result from elsewhere may name anything, and this is a command.
const nightly = ({ tier = '' }: RunResult): string =>
  /^[a-z]+$/.test(tier) ? `./uio-msi nightly --tier ${tier}` : './uio-msi nightly';

const unreported = ({ shard, cell: square }: PlannedSquare, run: RunResult): CellResult => {
  const {
    line = '',
    rest = '',
    arch = '',
    toolchain = '',
    config = '',
    prefix,
  } = SQUARE.exec(square)?.groups ?? {};
  const { series, revision } = run;
  const part = prefix === undefined ? {} : { prefix: Number(prefix) };
  const cell = { series, revision, line, kernel: `${line}${rest}`, arch, toolchain, config, ...part };
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
