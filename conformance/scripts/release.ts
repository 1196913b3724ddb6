// SPDX-License-Identifier: MIT
// release.ts [--arch x64|arm64] [--module FOLDER] [--out FOLDER]: packs what a vendor downloads: the
// suite, the Node.js it runs with, the sources of the modules for DKMS, licences and checksums. The
// same sources give the same bytes. `npm run release` at the top builds all of it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Entry } from '../src/archive/entry.js';
import { tar } from '../src/archive/tar.js';
import { SUITE_VERSION } from '../src/version.js';
import { filesOf, pinnedIn } from './release/npm-package.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const top = resolve(root, '..');
const cache = join(top, 'node_modules/.cache/uio-msi-release');
const locks = { node: join(top, 'tools/node/package-lock.json'), suite: join(top, 'package-lock.json') };

const ARCHES = ['x64', 'arm64'] as const;
type Arch = (typeof ARCHES)[number];

/** Runs the suite with the Node.js beside it, from wherever it is called. */
const LAUNCHER = `#!/bin/sh
# SPDX-License-Identifier: MIT
here=$(readlink -f -- "$0")
here=\${here%/*}
exec "$here/bin/node" "$here/suite/suite.mjs" "$@"
`;

/** Every file below a folder. */
const folder = (from: string, to: string): Entry[] =>
  readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: join(to, path.slice(from.length + 1)), bytes: readFileSync(path) };
    });

const file = (from: string, to: string): Entry => ({ path: to, bytes: readFileSync(from) });

const suite = (arch: Arch): Entry[] => {
  const scratch = mkdtempSync(join(tmpdir(), 'uio-msi-release-'));
  try {
    const bundle = join(scratch, 'suite');
    execFileSync(process.execPath, ['--import', '../tools/register.mjs', 'scripts/bundle.ts', bundle], {
      cwd: root,
    });
    const files = folder(bundle, 'suite').filter(({ path }) => !path.endsWith('.node'));
    const name = `@koromix/koffi-linux-${arch}`;
    const binary = filesOf(pinnedIn(locks.suite, name), cache).find(({ path }) =>
      path.endsWith('/koffi.node'),
    );
    if (binary === undefined) throw new Error(`${name} has no koffi.node`);
    const to = `suite/node_modules/koffi/build/koffi/linux_${arch}/koffi.node`;
    return [...files, { path: to, bytes: binary.bytes }];
  } finally {
    rmSync(scratch, { recursive: true });
  }
};

const node = (arch: Arch): Entry[] => {
  const files = filesOf(pinnedIn(locks.node, `node-linux-${arch}`), cache);
  const take = (path: string, to: string): Entry => {
    const found = files.find((entry) => entry.path === path);
    if (found === undefined) throw new Error(`node-linux-${arch} has no ${path}`);
    return { path: to, bytes: found.bytes, executable: path === 'bin/node' };
  };
  return [take('bin/node', 'bin/node'), take('LICENSE', 'licences/node.txt')];
};

const licences = (): Entry[] => [
  file(join(top, 'LICENSES/MIT.txt'), 'licences/uio-msi-conformance.txt'),
  file(join(top, 'LICENSES/GPL-2.0-only.txt'), 'licences/module.txt'),
  file(join(top, 'node_modules/koffi/LICENSE.txt'), 'licences/koffi.txt'),
  file(join(top, 'node_modules/commander/LICENSE'), 'licences/commander.txt'),
  file(join(top, 'node_modules/yaml/LICENSE'), 'licences/yaml.txt'),
];

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Of every file, as `sha256sum --check` reads it. */
const sums = (entries: readonly Entry[]): Entry => ({
  path: 'SHA256SUMS',
  bytes: Buffer.from(
    entries
      .map(({ path, bytes }) => `${sha256(bytes)}  ${path}\n`)
      .toSorted((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
      .join(''),
  ),
});

const { values } = parseArgs({
  options: {
    arch: { type: 'string', default: 'x64' },
    module: { type: 'string' },
    out: { type: 'string', default: join(root, 'dist/release') },
  },
});
const arch = ARCHES.find((one) => one === values.arch);
if (arch === undefined) throw new Error(`--arch is one of ${ARCHES.join(', ')}`);
const entries = [
  { path: 'uio-msi-conformance', bytes: Buffer.from(LAUNCHER), executable: true },
  ...suite(arch),
  ...node(arch),
  ...licences(),
  file(join(root, 'SPEC.md'), 'SPEC.md'),
  file(join(top, 'docs/vendor.md'), 'README.md'),
  ...(values.module === undefined ? [] : folder(resolve(values.module), 'module')),
];
const name = `uio-msi-conformance-${SUITE_VERSION}-linux-${arch}`;
const packed = gzipSync(
  tar([...entries, sums(entries)].map((entry) => ({ ...entry, path: `${name}/${entry.path}` }))),
  { level: 6 },
);
mkdirSync(values.out, { recursive: true });
const path = join(resolve(values.out), `${name}.tar.gz`);
writeFileSync(`${path}.new`, packed);
renameSync(`${path}.new`, path);
writeFileSync(`${path}.sha256`, `${sha256(packed)}  ${name}.tar.gz\n`);
process.stdout.write(`${path}\n`);
