// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import type { BuildRequest, BuildResult } from './request.js';

/** A build that ended early. */
export const failed = (reason: string, findings: readonly Finding[], command: string): BuildResult => ({
  ...{ ok: false, made: false, reason, findings, others: [] },
  ...{ image: null, modules: [], builtIn: [], sources: null, command },
});

/** What findings come to: whether it is good, and the reason when it is not. Pure. */
export const judged = (findings: readonly Finding[]): Pick<BuildResult, 'ok' | 'reason'> => {
  const bad = findings.some(({ severity }) => severity !== 'note');
  return { ok: !bad, reason: bad ? summary('', findings) : null };
};

/**
 * What is said of a file of the series counts, and so do all errors of a failed build: a header of
 * the series can break a file of others. Pure.
 */
export const isOwn = (
  { touched }: Pick<BuildRequest, 'touched'>,
  ok: boolean,
): ((finding: Finding) => boolean) => {
  const own = new Set(
    touched.flatMap((path) => [path, path.replace(/\.c$/, '.o'), path.replace(/\.c$/, '.ko')]),
  );
  return ({ file, severity }) => own.has(file) || (severity === 'error' && !ok);
};

/** The worst of findings in a line, `otherwise` when there is none. Pure. */
export const summary = (otherwise: string, findings: readonly Finding[]): string => {
  const worst =
    findings.find(({ severity }) => severity === 'error') ??
    findings.find(({ severity }) => severity !== 'note');
  if (!worst) return otherwise;
  const place = worst.line === null ? worst.file : `${worst.file}:${worst.line}`;
  return place === '' ? worst.message : `${place}: ${worst.message}`;
};

/** What make said at the end. Pure. */
export const lastWords = (lines: readonly string[]): string =>
  lines.findLast((line) => line.includes('***')) ??
  lines.findLast((line) => line.trim() !== '') ??
  'make failed';
