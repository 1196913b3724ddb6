// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readHeaders } from './headers.js';

let dir = '';
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
};
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'uio-msi-headers-'));
  put('include/generated/utsrelease.h', '#define UTS_RELEASE "6.1.0-56-amd64"\n');
  put('include/generated/uapi/linux/version.h', `#define LINUX_VERSION_CODE ${0x0601c0}\n`);
  put('include/config/auto.conf', 'CONFIG_MODULES=y\nCONFIG_UIO=m\n');
});
afterEach(() => rmSync(dir, { recursive: true }));

it('tells the release from the version, which a distribution keeps apart', async () => {
  expect(await readHeaders(dir)).toEqual({ dir, release: '6.1.0-56-amd64', line: '6.1', version: '6.1.192' });
});

it.each([
  ['CONFIG_MODULES=y\nCONFIG_UIO=y\n', 'uio-built-in'],
  ['CONFIG_UIO=m\n', 'modules-off'],
])('%j is refused: %s', async (config, code) => {
  put('include/config/auto.conf', config);
  await expect(readHeaders(dir)).rejects.toMatchObject({ code });
});

it('a folder that is none is refused', async () => {
  await expect(readHeaders(join(dir, 'include'))).rejects.toMatchObject({ code: 'no-kernel-headers' });
});
