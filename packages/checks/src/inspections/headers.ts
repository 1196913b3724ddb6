// SPDX-License-Identifier: MIT
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { type Finding, findingIdentity } from '@uio-msi/model';
import type { CheckContext } from '../check.js';
import type { BuiltTree, Inspection } from '../inspection.js';
import { diagnosticIn } from './diagnostics.js';
import { unexpected } from './unexpected.js';

/** Headers for userspace, installed as they are shipped, each compiled alone as C and C++, 64 and 32 bits. */
export const headers: Inspection = {
  name: 'headers',
  version: 2,
  title: 'make headers_install, then each header alone as C and C++, 64 and 32 bits',
  subject: 'a header of the uapi',
  tools: ['rsync', 'g++'],
  concerns: (path) => UAPI.test(path),
  run: async (tree, paths, context) => {
    const installed = join(tree.buildDir, 'uio-msi.headers');
    // What another revision installed would still be there.
    await rm(installed, { recursive: true, force: true });
    const { ok, lines } = await tree.make(['headers_install'], [`INSTALL_HDR_PATH=${installed}`]);
    if (!ok) throw unexpected('make headers_install', lines.at(-1));
    const findings = new Map<string, Finding>();
    const leftOut: string[] = [];
    let compiled = 0;
    for (const language of LANGUAGES) {
      const { modes, not } = await modesOf(tree, language, context);
      leftOut.push(...not.map((mode) => `${mode.join(' ')}, which ${tree.compiler} cannot compile`));
      compiled += modes.length;
      for (const mode of modes)
        for (const path of paths)
          for (const finding of await compileHeader(tree, installed, path, mode, context)) {
            const identity = findingIdentity({ ...finding, kind: '' });
            if (!findings.has(identity)) findings.set(identity, finding);
          }
    }
    if (compiled === 0) throw unexpected(tree.compiler, `it compiles neither C nor C++: ${leftOut[0]}`);
    return { findings: [...findings.values()], leftOut };
  },
};

const UAPI = /^(?:include\/uapi|arch\/[^/]+\/include\/uapi)\/(?<name>.*\.h)$/;

// The oldest C that a header of the uapi has to be fit for (usr/include/Makefile), and what people use.
const LANGUAGES = [
  ['-x', 'c', '-std=c90'],
  ['-x', 'c', '-std=gnu11'],
  ['-x', 'c++', '-std=c++98'],
  ['-x', 'c++', '-std=c++17'],
] as const;

const WIDTHS = ['-m64', '-m32'];

/** How a compiler can be called for a language: with the widths that it knows, or plainly when it knows none. */
const modesOf = async (tree: BuiltTree, language: readonly string[], context: CheckContext) => {
  const works = async (mode: readonly string[]) => (await compile(tree, mode, [], context)).exitCode === 0;
  const modes: (readonly string[])[] = [];
  const not: (readonly string[])[] = [];
  for (const width of WIDTHS) {
    const mode = [...language, width];
    ((await works(mode)) ? modes : not).push(mode);
  }
  return modes.length === 0 && (await works(language)) ? { modes: [language], not: [] } : { modes, not };
};

// Twice, for the guard; without the machine's headers, as usr/include/Makefile does: a header of the
// uapi needs no libc, and the machine may have none of 32 bits.
const compileHeader = async (
  tree: BuiltTree,
  installed: string,
  path: string,
  mode: readonly string[],
  context: CheckContext,
): Promise<readonly Finding[]> => {
  const include = join(installed, 'include');
  const header = join(include, UAPI.exec(path)?.groups?.['name'] ?? '');
  const once = ['-include', header];
  const options = ['-Wall', '-Wextra', '-Wpedantic', '-nostdinc', '-I', include, ...once, ...once];
  const { exitCode, stderr } = await compile(tree, mode, options, context);
  const said = stderr
    .split('\n')
    .map((line) => diagnosticIn(line, 'headers', include))
    .filter((finding) => finding !== null);
  if (exitCode !== 0 && said.length === 0) throw unexpected(tree.compiler, stderr);
  const own = header.slice(include.length + 1);
  return said
    .filter(({ file, severity }) => file === own || severity === 'error')
    .map((finding) => ({
      ...finding,
      kind: `${mode.slice(2).join(' ')} ${finding.kind}`,
      file: finding.file === own ? path : finding.file,
    }));
};

const compile = (
  { compiler }: BuiltTree,
  mode: readonly string[],
  options: readonly string[],
  { signal }: CheckContext,
) =>
  run(compiler, ['-fsyntax-only', ...mode, ...options, '/dev/null'], {
    env: { LC_ALL: 'C', CPATH: undefined, C_INCLUDE_PATH: undefined, CPLUS_INCLUDE_PATH: undefined },
    signal,
  });
