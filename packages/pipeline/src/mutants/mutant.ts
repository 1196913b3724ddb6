// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '@uio-msi/model';
import { type Replacement, replaceOnce } from '@uio-msi/series';
import { parse } from 'yaml';
import * as z from 'zod/mini';

const DRIVER = 'drivers/uio/uio_msi.c';

/** The sources that mutants change, as the series leaves them. */
export const MUTABLE: readonly string[] = [DRIVER, 'drivers/uio/uio.c'];

const text = z.string().check(z.minLength(1));
const id = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'must be lower case letters, digits and -'));
const caseId = z.string().check(z.regex(/^[a-z]+\.[a-z0-9-]+$/, 'must be the id of a case'));

const Entry = z.strictObject({
  id,
  /** One sentence: what this driver does that it must not, or does not and must. */
  wrong: text,
  file: z._default(z.enum(MUTABLE), DRIVER),
  /** The function that `from` is in; the whole file when absent. */
  within: z.optional(text),
  from: text,
  to: z.string(),
  /** Cases of which one at least must fail. */
  'caught-by': z.array(caseId).check(z.minLength(1)),
  /** The machine that has what these cases need. */
  machine: z._default(z.string(), 'small'),
  /** What its cases do to a kernel, or ask of it, is not undone: it has a guest to itself. */
  alone: z._default(z.boolean(), false),
});

/** The driver with one defect put in on purpose: a row of `conformance/mutants/*.yaml`. */
export interface Mutant extends Replacement {
  readonly id: string;
  readonly wrong: string;
  readonly file: string;
  readonly caughtBy: readonly string[];
  readonly machine: string;
  readonly alone: boolean;
}

/**
 * Reads one file of mutants.
 *
 * @throws {UserError} `mutants-invalid`, with the place
 */
export const parseMutants = (source: string, name: string): readonly Mutant[] => {
  const read = z.safeParse(z.array(Entry), parseYaml(source, name));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw invalid(name, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  return read.data.map(({ 'caught-by': caughtBy, ...rest }) => ({ ...rest, caughtBy }));
};

const parseYaml = (source: string, name: string): unknown => {
  try {
    return parse(source);
  } catch (error) {
    throw invalid(name, (error as Error).message.split('\n')[0] ?? '');
  }
};

const invalid = (name: string, why: string): UserError =>
  new UserError({
    code: 'mutants-invalid',
    message: `${name} cannot be understood`,
    why,
    next: 'correct it: conformance/mutants/README.md shows its shape',
  });

/**
 * Every mutant of a folder, files in the order of their names.
 *
 * @throws {UserError} `mutants-invalid`; `mutants-twice` when two have one id
 */
export const loadMutants = async (dir: string): Promise<readonly Mutant[]> => {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.yaml')).sort();
  const files = await Promise.all(
    names.map(async (name) => parseMutants(await readFile(join(dir, name), 'utf8'), basename(name))),
  );
  const mutants = files.flat();
  const twice = mutants.find((one, at) => mutants.findIndex((other) => other.id === one.id) !== at);
  if (twice === undefined) return mutants;
  throw new UserError({
    code: 'mutants-twice',
    message: `two mutants are called ${twice.id}`,
    next: 'give one of them another id',
  });
};

/**
 * The source with the defect in it.
 *
 * @throws {Error} when the place is not there exactly once
 */
export const mutate = (source: string, mutant: Mutant): string => replaceOnce(source, mutant);
