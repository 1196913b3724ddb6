// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import { type Load, type Shard, shardsOf } from './shards.js';

/** A host's form of a matrix job, and how much of it the host takes. */
interface Format {
  /** Jobs of one matrix. */
  readonly jobs: number;
  /** Bytes of what is printed. */
  readonly bytes: number;
  readonly print: (shards: readonly Shard[], chosen: boolean) => string;
}

// One string of a program's environment has 128 KiB at most (execve(2), MAX_ARG_STRLEN), with its name.
const MOST_CELLS = 131_000;

const words = ({ name, cells }: Shard) => ({ name, cells: cells.join(',') });

const FORMATS = {
  /**
   * The value of `strategy.matrix`, read with fromJSON. "A matrix will generate a maximum of 256
   * jobs per workflow run" (GitHub, "Running variations of jobs in a workflow"); "outputs are a
   * maximum of 1 MB per job" (GitHub, workflow syntax, `jobs.<job_id>.outputs`; they are UTF-16).
   */
  github: {
    jobs: 256,
    bytes: 500_000,
    print: (shards, chosen) =>
      JSON.stringify({ include: shards.map((shard) => ({ ...words(shard), ...(chosen && { chosen }) })) }),
  },
  /**
   * A file for a child pipeline: the matrix of the job `cell`, whose script another file has.
   * "The maximum number of permutations is 200" (GitLab, CI/CD YAML reference, `parallel:matrix`);
   * JSON is YAML. A configuration may have 2 MB (GitLab, `max_yaml_size_bytes`). A job is called by all
   * values of its matrix: with more than 255 characters the pipeline is not made, and nobody says so
   * (gitlab-org/gitlab, issues 353024 and 584573). What is longer is named by a variable: GitLab
   * expands one in another ("Use variables in other variables").
   */
  gitlab: {
    jobs: 200,
    bytes: 1_500_000,
    print: (shards, chosen) => {
      const jobs = shards.map(words).map(({ name, cells }) => ({ NAME: name, CELLS: cells }));
      const areShort = jobs.every(({ NAME, CELLS }) => `cell: [${NAME}, ${CELLS}]`.length <= 255);
      const cells = jobs.map(({ CELLS }, at) => [`CELLS_${at + 1}`, CELLS] as const);
      const named = jobs.map((job, at) => ({ ...job, CELLS: `$CELLS_${at + 1}` }));
      const matrix = areShort ? jobs : named;
      const variables = Object.fromEntries([
        ...(chosen ? [['CHOSEN', 'true'] as const] : []),
        ...(areShort ? [] : cells),
      ]);
      const declared = Object.keys(variables).length > 0 ? { variables } : {};
      return JSON.stringify({ ...declared, cell: { parallel: { matrix } } }, null, 2);
    },
  },
} satisfies Readonly<Record<string, Format>>;

/** The hosts there is a form for. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

export type FormatName = keyof typeof FORMATS;

/**
 * The cells for a matrix job of a host, within its limits: when there are too many for a job each,
 * jobs take several. Pure.
 *
 * @param chosen whether somebody chose them of the tier: that is kept, for who merges what comes of them
 * @throws {UserError} `matrix-too-large` when even that is too much to print, `matrix-empty`
 */
export const formatMatrix = (name: FormatName, loads: readonly Load[], chosen = false): string => {
  if (loads.length === 0)
    throw new UserError({
      code: 'matrix-empty',
      message: 'there is no cell to run, and a matrix without one is refused by hosts',
      next: 'name another tier or kernel: ./uio-msi matrix --tier weekly',
    });
  const { jobs, bytes, print } = FORMATS[name];
  const shards = shardsOf(loads, jobs);
  const text = print(shards, chosen);
  const fits = shards.map(words).every(({ cells }) => Buffer.byteLength(cells) <= MOST_CELLS);
  if (fits && Buffer.byteLength(text) <= bytes) return text;
  throw new UserError({
    code: 'matrix-too-large',
    message: `${loads.length} cells are more than ${name} takes in one matrix`,
    next: 'make one matrix for each of some kernels: --kernels 6.12',
  });
};
