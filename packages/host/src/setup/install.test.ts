// SPDX-License-Identifier: MIT
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError, type ProgressEvent } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ending, sawError, startScript } from '../../testing/processes.js';
import { installMissing } from './install.js';

const nobody = { yes: false, terminal: false, root: false, ask: async () => false };
const root = { ...nobody, root: true };
const MISSING = { name: 'no-such-command', package: 'no-such-package', purpose: 'a test' };

let bin: string;

// apt-get as this machine would have it, except that it installs a file into a folder of ours.
const fakeApt = async (script: string): Promise<void> => {
  await writeFile(join(bin, 'apt-get'), `#!/bin/sh\necho "$*" >> ${bin}/calls\n${script}\n`);
  await chmod(join(bin, 'apt-get'), 0o755);
};

beforeEach(async () => {
  bin = await mkdtemp(join(tmpdir(), 'uio-msi-setup-'));
  vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
});
afterEach(() => vi.unstubAllEnvs());

const code = (expected: string) =>
  expect.objectContaining({ name: 'EnvironmentError', code: expected, next: expect.any(String) });

it('does nothing, and asks nobody, when nothing is missing', async () => {
  await fakeApt('exit 1');
  const present = { name: 'sh', package: 'dash', purpose: 'a test' };
  expect(await installMissing([present], { caller: nobody, progress: () => {} })).toEqual([]);
});

it('installs each package once, after an update, and says so first', async () => {
  await fakeApt(
    `case "$*" in *install*) printf '#!/bin/sh\\n' > ${bin}/no-such-command; chmod 755 ${bin}/no-such-command;; esac`,
  );
  const events: ProgressEvent[] = [];
  const twice = [MISSING, { ...MISSING, purpose: 'another' }];
  expect(await installMissing(twice, { caller: root, progress: (event) => events.push(event) })).toEqual([
    'no-such-package',
  ]);
  const calls = (await readFile(join(bin, 'calls'), 'utf8')).trim().split('\n');
  expect(calls.map((call) => call.split(' ').slice(2).join(' '))).toEqual([
    'update -q',
    'install -y -q --no-install-recommends no-such-package',
  ]);
  expect(events).toEqual([{ type: 'note', text: 'Installing with apt-get: no-such-package' }]);
});

it('names the packages and the command when nobody agrees', async () => {
  await fakeApt('exit 0');
  const refused = installMissing([MISSING], { caller: nobody, progress: () => {} });
  await expect(refused).rejects.toEqual(code('tools-missing'));
  await expect(refused).rejects.toThrow('no-such-package');
});

it('says that apt-get failed, whose own words are on the terminal', async () => {
  await fakeApt('exit 100');
  const failed = installMissing([MISSING], { caller: root, progress: () => {} });
  await expect(failed).rejects.toEqual(code('apt-failed'));
  await expect(failed).rejects.toMatchObject({ why: 'its own words are above' });
});

it('leaves the terminal to apt-get, and never ends it in the middle', async () => {
  await fakeApt('read -r answer; echo asked; sleep 0.5; echo "$answer" > "$0.answer"');
  const script = startScript('install-missing.ts');
  script.stdin?.write('password\n');
  await sawError(script, 'asked');
  script.kill('SIGTERM');
  expect(await ending(script)).toEqual([130, null]);
  expect(await readFile(join(bin, 'apt-get.answer'), 'utf8')).toBe('password\n');
});

it('does not believe an apt-get that brought nothing', async () => {
  await fakeApt('exit 0');
  await expect(installMissing([MISSING], { caller: root, progress: () => {} })).rejects.toBeInstanceOf(
    EnvironmentError,
  );
});

it('says so where there is no apt-get', async () => {
  vi.stubEnv('PATH', bin);
  await expect(installMissing([MISSING], { caller: root, progress: () => {} })).rejects.toMatchObject({
    code: 'tools-missing',
    why: expect.stringContaining('no apt-get'),
  });
});
