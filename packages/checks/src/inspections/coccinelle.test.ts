// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { coccinelle, reportIn } from './coccinelle.js';

let worktree: string;
beforeEach(async () => {
  worktree = await mkdtemp(join(tmpdir(), 'uio-msi-coccinelle-'));
});
afterEach(() => rm(worktree, { recursive: true }));

const write = async (path: string, text: string) => {
  await mkdir(dirname(join(worktree, path)), { recursive: true });
  await writeFile(join(worktree, path), text);
};
const OURS = 'drivers/uio/uio_msi.c';
const inspect = () =>
  coccinelle.run(
    { worktree, buildDir: '', compiler: '', make: () => Promise.reject(new Error('make was called')) },
    [OURS],
    {},
  );

// The shape of scripts/coccinelle/misc/semicolon.cocci, which looks for `;;`.
const SEMICOLON = (confidence: string) => `// Confidence: ${confidence}
// Options: --no-includes --include-headers
virtual report

@r@
position p;
statement S;
@@
S@p;

@script:python depends on report@
p << r.p;
@@
coccilib.report.print_report(p[0], "Unneeded semicolon on line %s" % (p[0].line))
`;

const OCAML = '@script:ocaml@\n@@\nPrintf.printf "x"\n';

it('finds what a semantic patch of high confidence reports, and its identity has no line', async () => {
  await write('scripts/coccinelle/misc/semicolon.cocci', SEMICOLON('High'));
  await write(OURS, 'int f(int x)\n{\n\tx++;;\n\treturn x;\n}\n');
  expect((await inspect()).findings).toContainEqual({
    ...{ tool: 'coccinelle', kind: 'misc/semicolon', severity: 'warning' },
    ...{ file: OURS, line: 3, message: 'Unneeded semicolon on a line before' },
  });
});

it('leaves to readers what is less sure, and says what it cannot run', async () => {
  await write('scripts/coccinelle/misc/semicolon.cocci', SEMICOLON('Moderate'));
  await write('scripts/coccinelle/a.cocci', `// Confidence: High\nvirtual report\n${OCAML}`);
  await write(OURS, 'int f(int x) { return 1;; }\n');
  const { findings, leftOut } = await inspect();
  expect(findings).toEqual([]);
  expect(leftOut).toEqual(['a.cocci, which needs OCaml']);
});

it('leaves no temporary file', async () => {
  await write('scripts/coccinelle/a.cocci', `// Confidence: High\nvirtual report\n${OCAML}`);
  await write(OURS, 'int f(void) { return 0; }\n');
  const temporary = join(worktree, 'temporary');
  await mkdir(temporary);
  vi.stubEnv('TMPDIR', temporary);
  await inspect().finally(() => vi.unstubAllEnvs());
  expect(await readdir(temporary)).toEqual([]);
});

it('says so when the tree has no semantic patches', async () => {
  expect((await inspect()).leftOut).toEqual(['scripts/coccinelle, which has nothing for it']);
});

it('does not take a semantic patch that broke for one that found nothing', async () => {
  await write('scripts/coccinelle/a.cocci', '// Confidence: High\nvirtual report\n@r@\nnonsense\n');
  await write(OURS, 'int f(void) { return 0; }\n');
  await expect(inspect()).rejects.toMatchObject({ code: 'inspection-failed' });
});

it.each([
  ['./a.c:16:11-12: ERROR: x is NULL but dereferenced.', { file: 'a.c', line: 16, severity: 'error' }],
  ['a.c:2:1-8: WARNING: sum of y', { file: 'a.c', line: 2, severity: 'warning' }],
])('reads %s', (line, expected) => {
  expect(reportIn(line, 'null/deref_null.cocci')).toMatchObject({ ...expected, kind: 'null/deref_null' });
});

it('takes no other line for a report', () => {
  expect(reportIn('warning: line 22: should kmalloc be a metavariable?', 'a.cocci')).toBeNull();
});
