// SPDX-License-Identifier: MIT
import { isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { problem } from '../problems.js';
import { line, matrixSchema } from './matrix.js';
import { isSafePath } from './safe-path.js';
import { waiversSchema } from './waivers.js';

const text = z.string().check(z.minLength(1), z.maxLength(1000));
// What goes into the header of a mail: a line end would begin another one.
const oneLine = text.check(z.regex(/^\P{Cc}*$/u, 'must be one line, without control characters'));
const prefix = oneLine.check(z.regex(/^[^[\]]*$/, 'must be words without brackets'));
const path = text.check(z.refine(isSafePath, 'must be a path inside the folder, without ".."'));
// They reach make in the value of a variable, in which it expands what looks like its own.
const selftest = path.check(z.regex(/^[\w/-]+$/, 'must be letters, digits, _, - and /'));

const name = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'must be lower case letters, digits, _ and -'));
const commit = z.string().check(z.regex(/^[0-9a-f]{40}$/, 'must be a full commit id, 40 hex digits'));
const word = text.check(z.regex(/^[^\s<>]+$/, 'must be a word without < and >'));
const digest = z.string().check(z.regex(/^[0-9a-f]{16}$/, 'must be 16 hex digits in quotes'));
const prerequisite = z.union(
  [
    z.strictObject({ series: name }),
    z.strictObject({ 'change-id': word, revision: z.int().check(z.positive()) }),
    z.strictObject({ 'message-id': word }),
    z.strictObject({ 'patch-id': commit }),
  ],
  'must be one of {series}, {change-id, revision}, {message-id}, {patch-id}',
);

/** Something that a series needs to be there first. */
export type Prerequisite = z.infer<typeof prerequisite>;

const Manifest = z.strictObject({
  /** The name of the series and of its folder. */
  name,
  revision: z.int().check(z.positive()),
  /** Stays the same through all revisions. */
  'change-id': text.check(z.regex(/^[\w.-]+$/, 'must be letters, digits, ".", _ and -')),
  /** The cover letter's subject, without brackets. */
  subject: oneLine,
  /** What goes into the brackets of a subject: `PATCH`. */
  prefix,
  /** The line the patches are made for. */
  base: line,
  /** The upstream commit that the patches as posted are based on. */
  'base-commit': z.optional(commit),
  /** What has to be there first, in order: a series of this checkout, or what only others have. */
  prerequisites: z._default(z.array(prerequisite).check(z.maxLength(100)), []),
  /** Who gets it, as mailboxes: lists and maintainers. Whoever a patch names gets it as well. */
  to: z._default(z.array(oneLine), []),
  cc: z._default(z.array(oneLine), []),
  patches: z.array(path).check(z.minLength(1), z.maxLength(1000)),
  variants: z._default(
    z.array(z.strictObject({ line, patch: path, of: z.optional(digest), file: path, why: text })),
    [],
  ),
  /** What the driver needs of Kconfig, as lines of a .config. */
  config: z.array(
    z
      .string()
      .check(z.regex(/^CONFIG_\w+=(y|m|n|-?\d+|0x[0-9a-fA-F]+|"[^"\n]*")$/, 'must be a line of a .config')),
  ),
  /** The modules it gives, as paths in a build folder. */
  modules: z.array(path),
  /** Its folders below tools/testing/selftests. */
  selftests: z._default(z.array(selftest), []),
  matrix: matrixSchema,
  waivers: waiversSchema,
});

/** What `series.yaml` says. */
export type Manifest = z.infer<typeof Manifest>;

/**
 * Reads the text of a `series.yaml`.
 *
 * @param file how messages name it
 * @throws {UserError} `series-invalid` with every field that is wrong, and its line
 */
export const parseManifest = (yaml: string, file = 'series.yaml'): Manifest => {
  const invalid = (why: string) => problem('series-invalid', file, why);
  const { value, lineOf } = parseYaml(yaml, invalid);
  const result = Manifest.safeParse(value, { error: z.locales.en().localeError });
  if (!result.success) throw invalid(result.error.issues.map((issue) => describe(issue, lineOf)).join('; '));
  const { patches, variants } = result.data;
  const twice = patches.find((file, at) => patches.indexOf(file) !== at);
  if (twice) throw invalid(`it lists ${twice} twice`);
  const stray = variants.find(({ patch }) => !patches.includes(patch));
  if (stray) throw invalid(`a variant of ${stray.patch}, which it does not list`);
  return result.data;
};

const describe = (issue: z.core.$ZodIssue, lineOf: LineOf): string => {
  const [key] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const line = lineOf(key === undefined ? issue.path : [...issue.path, key]);
  return `line ${line}: ${issue.path.join('.') || 'the whole'}: ${issue.message}`;
};

type LineOf = (path: readonly PropertyKey[]) => number;

const parseYaml = (
  yaml: string,
  invalid: (why: string) => Error,
): { readonly value: unknown; readonly lineOf: LineOf } => {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw invalid(error.message.split('\n')[0] ?? '');
  // What is not there is told by the line of what it should be in.
  const lineOf: LineOf = (path) => {
    const node = path.length > 0 ? document.getIn(path, true) : document.contents;
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    return path.length > 0 ? lineOf(path.slice(0, -1)) : 1;
  };
  try {
    return { value: document.toJS(), lineOf };
  } catch (error) {
    throw invalid((error as Error).message);
  }
};
