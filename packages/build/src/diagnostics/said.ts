// SPDX-License-Identifier: MIT
import { type Finding, findingIdentity } from '@uio-msi/model';
import { type Folders, inTree, parseLine } from './parse.js';

/** A diagnostic and what was compiled when it was said. */
export interface Said {
  readonly finding: Finding;
  /** The source, as a path of the kernel tree; null when it is not known. */
  readonly unit: string | null;
}

// `In file included from H:1,` and `from C.c:16:` below it; `C.c: In function 'f':`, `C.c: At top level:`.
const CONTEXT =
  /^(?:(?:In file included| {10,})\s*from )?(?<file>[^\s:]+\.[cS]):(?:\d+(?::\d+)?[,:]$| (?:In|At) )/;

/**
 * What the lines of a build's output say, and of which source: the same line of a header may be
 * wrong in several. Lines of compilers that run at the same time come one diagnostic at a time.
 *
 * @param compiler the tool's name for what a compiler says: `gcc`
 */
export const parseSaid = (lines: Iterable<string>, compiler: string, folders: Folders): readonly Said[] => {
  const found = new Map<string, Said>();
  let context: string | null = null;
  for (const line of lines) {
    const { file } = CONTEXT.exec(line)?.groups ?? {};
    if (file !== undefined) context = inTree(file, folders);
    const finding = parseLine(line, compiler, folders);
    if (!finding) continue;
    const unit = finding.file.endsWith('.h') ? context : finding.file || null;
    const identity = `${findingIdentity(finding)}\0${unit}`;
    if (!found.has(identity)) found.set(identity, { finding, unit });
  }
  return [...found.values()];
};

/** Findings, each once, whoever it was said of. */
export const findingsOf = (said: readonly Said[]): readonly Finding[] =>
  [
    ...new Map(said.toReversed().map(({ finding }) => [findingIdentity(finding), finding])).values(),
  ].toReversed();
