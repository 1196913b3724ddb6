// SPDX-License-Identifier: MIT
import { readIfThere } from '@uio-msi/host';
import { UserError } from '@uio-msi/model';
import { parse, YAMLParseError } from 'yaml';
import type * as z from 'zod/mini';
import { type Catalogue, catalogueSchema } from './kernel.js';
import { newestFirst } from './version.js';

const invalid = (file: string, why: string): UserError =>
  new UserError({
    code: 'catalogue-invalid',
    message: `${file} is not a catalogue of kernels`,
    why,
    next: 'linux-tree/README.md says what belongs into it',
  });

const parseYaml = (file: string, text: string): unknown => {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw invalid(file, error.message.split('\n')[0] ?? '');
    throw error;
  }
};

// `kernels.0.line: must be a quoted string`
const explain = (issues: readonly z.core.$ZodIssue[]): string =>
  issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');

/**
 * Reads the catalogue.
 *
 * @throws {UserError} `catalogue-missing`, `catalogue-invalid`
 */
export const loadCatalogue = async (file: string): Promise<Catalogue> => {
  const text = await readIfThere(file);
  if (text === null) throw new UserError({ code: 'catalogue-missing', message: `there is no ${file}` });
  const checked = catalogueSchema.safeParse(parseYaml(file, text));
  if (!checked.success) throw invalid(file, explain(checked.error.issues));
  const kernels = checked.data.kernels.toSorted((a, b) => newestFirst(a.version, b.version));
  const twice = kernels.find((kernel, i) => kernel.version === kernels[i + 1]?.version);
  if (twice) throw invalid(file, `${twice.version} is there twice`);
  return { kernels, origins: checked.data.origins };
};
