// SPDX-License-Identifier: MIT
import { availableParallelism } from 'node:os';
import { run } from '@uio-msi/host';
import type { Finding } from '@uio-msi/model';
import type { CheckContext } from '../check.js';
import type { Inspection } from '../inspection.js';
import { inParallel } from '../parallel.js';
import { unexpected } from './unexpected.js';

/** reStructuredText, by docutils: Sphinx, which knows more, needs minutes for a kernel. */
export const documentation: Inspection = {
  name: 'docutils',
  version: 1,
  title: 'docutils on what is in Documentation/',
  subject: 'a page of the documentation',
  tools: ['rst2pseudoxml'],
  sourcesOnly: true,
  concerns: (path) => path.startsWith('Documentation/') && path.endsWith('.rst'),
  run: async ({ worktree }, paths, context) => ({ findings: await readPages(worktree, paths, context) }),
};

const readPages = async (
  dir: string,
  files: readonly string[],
  context: CheckContext,
): Promise<readonly Finding[]> =>
  (await inParallel(files, availableParallelism(), (file) => readPage(dir, file, context))).flat();

// 2: warnings and worse; 5: none of them ends it. Nothing of another file or of the machine gets in.
const OPTIONS = ['--report=2', '--halt=5', '--no-file-insertion', '--no-raw'];

const readPage = async (dir: string, file: string, { signal }: CheckContext): Promise<readonly Finding[]> => {
  const { exitCode, stderr } = await run('rst2pseudoxml', [...OPTIONS, file, '/dev/null'], {
    cwd: dir,
    // No docutils.conf of the machine's or the user's.
    env: { LC_ALL: 'C.UTF-8', DOCUTILSCONFIG: '/dev/null' },
    signal,
  });
  if (exitCode !== 0) throw unexpected('rst2pseudoxml', stderr);
  return stderr
    .split('\n')
    .map(messageIn)
    .filter((finding) => finding !== null);
};

const MESSAGE = /^(?<file>[^\s:]+):(?<line>\d+): \((?<level>[A-Z]+)\/\d\) (?<message>.*)$/;

// What Sphinx and the kernel's own extensions of it bring; docutils alone does not know them.
const OF_SPHINX =
  /^Unknown (?:interpreted text role "(?:c:\w+|doc|ref|file|term|abbr|manpage)"|directive type "(?:kernel-(?:doc|include|feat|abi|figure|render)|toctree|only|flat-table|c:\w+|literalinclude|versionadded|index|highlight|tabularcolumns|cssclass|deprecated|seealso|glossary)")\.$|"(?:include|raw)" directive disabled\.$/;

/** A message of docutils that counts; null for another line, and for what only Sphinx knows. */
export const messageIn = (text: string): Finding | null => {
  const { file = '', line, level = '', message = '' } = MESSAGE.exec(text)?.groups ?? {};
  if (level === '' || OF_SPHINX.test(message)) return null;
  return {
    tool: 'docutils',
    kind: level.toLowerCase(),
    severity: level === 'WARNING' ? 'warning' : 'error',
    file,
    line: Number(line),
    message,
  };
};
