// SPDX-License-Identifier: MIT
import { DEPTHS, STAGES, type StageName } from '@uio-msi/model';
import * as z from 'zod/mini';

/** A kernel line, in quotes: without them YAML makes 6.10 a number, and 6.1 of it. */
export const line = z
  .string('must be a kernel line in quotes: "6.12"')
  .check(z.regex(/^(mainline|next|\d+\.\d+)$/, 'must be a kernel line: "6.12" or "mainline"'));

// They become part of names, of command lines and of options.
const word = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'must be lower case letters, digits, _ and -'));
const someOf = <Item extends z.core.SomeType>(item: Item) =>
  z.optional(z.array(item).check(z.minLength(1), z.maxLength(200)));
const why = z.string().check(z.minLength(1), z.maxLength(300));

const axes = {
  /** Absent: all of the matrix. */
  kernels: someOf(line),
  /** Absent: x86_64. */
  arches: someOf(word),
  /** Absent: gcc. */
  toolchains: someOf(word),
  /** Absent: minimal. */
  configs: someOf(word),
};

// What comes then is about a driver that is whole.
const PREFIX_STAGES: readonly StageName[] = STAGES.slice(0, STAGES.indexOf('boot') + 1);

/** Cells that are the product of their axes. */
const Block = z
  .strictObject({
    ...axes,
    /** The cells are of the first patch, of the first two, and so on; absent: of all patches. */
    prefixes: z.optional(z.literal('each', 'must be each, or not be there')),
    /** How far they go; absent: to the end. */
    stages: someOf(z.enum(STAGES)),
    /** What they boot in; absent: the usual machines. */
    machines: someOf(word),
    /** How much the suite does in them; absent: what is usual. */
    depth: z.optional(z.enum(DEPTHS)),
  })
  .check(
    z.refine(
      ({ prefixes, stages }) =>
        prefixes === undefined || stages?.every((stage) => PREFIX_STAGES.includes(stage)) === true,
      {
        path: ['stages'],
        message: 'must say how far prefixes go, to boot at most: the tests are for all of the series',
      },
    ),
  );

/** Cells that are left out: those that fit all that it says. */
const Exclusion = z
  .strictObject({
    ...axes,
    /** Only lines older than this one. */
    before: z.optional(line),
    /** Only this line and newer ones. */
    from: z.optional(line),
    why,
  })
  .check(
    z.refine(
      ({ why: _, ...rest }) => Object.keys(rest).length > 0,
      'must say what is left out, not all of it',
    ),
  );

/** The names of the tiers, the most frequent first. Each has the cells of those before it too. */
export const TIERS = ['check', 'nightly', 'weekly'] as const;

const blocks = z._default(z.array(Block).check(z.maxLength(200)), []);

/** What `series.yaml` says of the matrix. */
export const matrixSchema = z
  .strictObject({
    /** The lines the series is tried on, newest first. */
    kernels: z.array(line).check(z.minLength(1)),
    tiers: z._default(z.strictObject({ check: blocks, nightly: blocks, weekly: blocks }), {
      check: [{}],
      nightly: [],
      weekly: [],
    }),
    /** The tier that has to be green before the series is posted; absent: all of it. */
    'to-post': z.optional(z.enum(TIERS)),
    exclude: z._default(z.array(Exclusion).check(z.maxLength(1000)), []),
  })
  .check((ctx) => {
    // What no line of the matrix has would be left out without a word.
    for (const { path, line } of strays(ctx.value))
      ctx.issues.push({
        ...{ code: 'custom', input: line, path },
        message: `${line} is none of matrix.kernels`,
      });
  });

type Data = Readonly<{
  kernels: readonly string[];
  tiers: Readonly<Record<Tier, readonly MatrixBlock[]>>;
  exclude: readonly MatrixExclusion[];
}>;

const strays = ({ kernels, tiers, exclude }: Data) =>
  [
    ...TIERS.flatMap((tier) => tiers[tier].map((block, at) => ({ path: ['tiers', tier, at], block }))),
    ...exclude.map((block, at) => ({ path: ['exclude', at], block })),
  ].flatMap(({ path, block }) =>
    (block.kernels ?? []).flatMap((line, at) =>
      kernels.includes(line) ? [] : [{ line, path: [...path, 'kernels', at] }],
    ),
  );

/** One of {@link TIERS}. */
export type Tier = (typeof TIERS)[number];
export type MatrixBlock = z.infer<typeof Block>;
export type MatrixExclusion = z.infer<typeof Exclusion>;
export type MatrixData = z.infer<typeof matrixSchema>;
