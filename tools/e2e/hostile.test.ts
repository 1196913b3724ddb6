// SPDX-License-Identifier: MIT
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ROOT, temporaryFolder, uioMsi } from './command.js';

const made = (path: string, mode = '100644') =>
  `diff --git a/${path} b/${path}\nnew file mode ${mode}\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+x\n`;
const FILE = 'drivers/uio/uio.c';

// What a patch must not do, and the code of the error that says so.
const HOSTILE: readonly (readonly [what: string, code: string, diff: string])[] = [
  ['a path above the tree', 'patch-path', made('../../../canary')],
  ['an absolute path', 'patch-path', made('/tmp/canary')],
  [
    'a path in quotes and octal digits',
    'patch-path',
    made('x').replaceAll(/([ab])\/x/g, '"$1/\\056\\056/x"'),
  ],
  ['a hook', 'patch-path', made('.git/hooks/post-checkout', '100755')],
  ['a hook by another name', 'patch-path', made('drivers/GIT~1/hooks/post-checkout', '100755')],
  [
    'a rename out of the tree',
    'patch-path',
    `diff --git a/${FILE} b/x\nsimilarity index 100%\nrename from ${FILE}\nrename to ../../canary\n`,
  ],
  ['a symbolic link', 'patch-mode', made('link', '120000').replace('+x', '+/etc/passwd')],
  [
    'a file that becomes a link',
    'patch-mode',
    `diff --git a/${FILE} b/${FILE}\nold mode 100644\nnew mode 120000\n`,
  ],
  ['a submodule', 'patch-mode', made('sub', '160000')],
  ['a setuid file', 'patch-mode', made('x', '104755')],
  [
    'binary contents',
    'patch-binary',
    'diff --git a/f b/f\nnew file mode 100644\nindex 0000000..1111111\nGIT binary patch\nliteral 4\nLc$_m~0001\n\n',
  ],
  [
    'binary contents that were left out',
    'patch-binary',
    'diff --git a/f b/f\nindex 0000000..1111111 100644\nBinary files a/f and b/f differ\n',
  ],
];

const HEAD =
  'From: A <a@example.org>\nDate: Mon, 23 Nov 2026 10:00:00 +0000\nSubject: [PATCH] x: y\n\nWhy.\n---\n\n';

const series = (patch: string) => `name: x
revision: 1
change-id: 20261123-x-0123456789ab
subject: x
prefix: PATCH
base: "7.2"
patches: [${patch}]
config: []
modules: []
matrix: {kernels: ["7.2"]}
`;

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

const codeOf = async (...args: string[]): Promise<unknown> => {
  const result = join(folder, 'result.json');
  const { exitCode, stderr } = await uioMsi(...args, '--json', result);
  expect(exitCode, stderr).toBe(2);
  expect(stderr).not.toContain('    at '); // no stack
  return JSON.parse(await readFile(result, 'utf8')).error.code;
};

const listing = async () => [
  ...(await readdir(join(ROOT, 'patches'))),
  ...(await readdir(folder, { recursive: true })).filter((name) => name.includes('canary')),
];

it.each(HOSTILE)('%s is refused by every command that reads a patch', async (what, code, diff) => {
  const dir = join(folder, 'patches', what.replaceAll(' ', '-'));
  await mkdir(dir, { recursive: true });
  await writeFile(
    join(dir, 'series.yaml'),
    series('0001-x.patch').replace('name: x', `name: ${what.replaceAll(' ', '-')}`),
  );
  await writeFile(join(dir, 'series'), '0001-x.patch\n');
  await writeFile(join(dir, '0001-x.patch'), `${HEAD}${diff}`);
  const mailbox = join(folder, 'in.mbox');
  await writeFile(mailbox, `From a@b Thu Jan  1 00:00:00 1970\n${HEAD}${diff}`);
  const before = await listing();
  expect(await codeOf('series', 'import', mailbox, '--name', 'hostile')).toBe(code);
  expect(await codeOf('series', 'diff', mailbox, 'current')).toBe(code);
  for (const command of ['apply', 'edit', 'show'])
    expect(await codeOf('series', command, '--series', dir), command).toBe(code);
  expect(await listing()).toEqual(before);
});
