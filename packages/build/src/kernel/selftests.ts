// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { access, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Finding } from '@uio-msi/model';
import type { BuildContext } from '../context.js';
import { parseDiagnostics } from '../diagnostics/parse.js';
import { make, makeCommand } from '../make/make.js';
import type { Target } from '../make/variables.js';
import { marked } from './half-written.js';

/** What came of building selftests. */
export interface Selftests {
  /** Absolute paths of the programs. */
  readonly programs: readonly string[];
  /** What was said; all of it counts, and no program is an error. */
  readonly findings: readonly Finding[];
  /** The make command that does it again by hand, if anything was to be built. */
  readonly command: string | null;
}

const FOLDER = 'tools/testing/selftests';

/**
 * Builds selftests as a kernel developer would: `make kselftest-all TARGETS=…`
 * (Documentation/dev-tools/kselftest.rst). Programs of an earlier build are gone.
 *
 * @param folders below tools/testing/selftests; with none nothing is done
 * @throws {EnvironmentError} when the machine is at fault
 * @throws {Interrupted} when the context's signal aborts
 */
export const buildSelftests = async (
  target: Target,
  folders: readonly string[],
  ctx: BuildContext,
): Promise<Selftests> => {
  if (folders.length === 0) return { programs: [], findings: [], command: null };
  return await marked(target.buildDir, async () => {
    const built = join(target.buildDir, 'kselftest');
    await rm(built, { recursive: true, force: true });
    const goals = ['kselftest-all', `TARGETS=${folders.join(' ')}`, 'FORCE_TARGETS=1'];
    const { ok, lines } = await make(target, goals, ctx);
    const programs = await Promise.all(folders.map((folder) => programsIn(join(built, folder))));
    const said = parseDiagnostics(lines, target.toolchain.family, target);
    const nothing = folders.filter((_, at) => programs[at]?.length === 0);
    return {
      programs: programs.flat(),
      findings: [...said.map(inFolder(folders)), ...(ok ? nothing : folders).map(notBuilt(lines))],
      command: makeCommand(target, goals, ctx),
    };
  });
};

const programsIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const runs = await Promise.all(
    files.map((file) =>
      access(file, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return files.filter((_, at) => runs[at]);
};

// A selftest is compiled in its own folder, and that is what the paths are relative to.
const inFolder =
  ([folder]: readonly string[]) =>
  (finding: Finding): Finding =>
    finding.file.includes('/') ? finding : { ...finding, file: join(FOLDER, folder ?? '', finding.file) };

const notBuilt =
  (lines: readonly string[]) =>
  (folder: string): Finding => ({
    tool: 'make',
    kind: 'selftest',
    severity: 'error',
    file: join(FOLDER, folder, 'Makefile'),
    line: null,
    message: `the selftest ${basename(folder)} was not built: ${lines.find((line) => COMPLAINT.test(line)) ?? 'it makes no program'}`,
  });

// The first thing that make itself says, but for where it is; what a compiler says is a finding of its own.
const COMPLAINT = /^make(?:\[\d+\])?: (?!Entering|Leaving)/;
