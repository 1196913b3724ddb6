// SPDX-License-Identifier: MIT
// bundle.ts [FOLDER]: builds dist/bundle/ or the folder named: the suite as one script, its provokers,
// and of koffi only what this platform needs. It runs with `node suite.mjs` on any glibc Linux of this
// architecture, with nothing else installed.
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import koffi from 'koffi';

const root = fileURLToPath(new URL('..', import.meta.url));
const destination = resolve(process.argv[2] ?? join(root, 'dist/bundle'));
const staging = `${destination}.${process.pid}`;

/** Builds the whole folder beside its place and puts it there in one step. */
const bundle = async (): Promise<void> => {
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  await bundleScript();
  copyKoffi();
  for (const data of ['provokers', 'examples'])
    cpSync(join(root, data), join(staging, data), { recursive: true });
  const { name, version, license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = {
    name,
    version,
    license,
    type: 'module',
    engines,
    bin: { 'uio-msi-conformance': 'suite.mjs' },
  };
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  putInPlace();
  process.stdout.write(`${destination}\n`);
};

const AT_FDCWD = -100; // include/uapi/linux/fcntl.h
const RENAME_EXCHANGE = 2; // include/uapi/linux/fs.h

/**
 * Exchanges the old folder with the new one, renameat2(2): whoever looks meanwhile finds one or the
 * other. Where there is no old one, or the file system cannot, it is a plain rename.
 */
const putInPlace = (): void => {
  const renameat2 = koffi
    .load(null)
    .func('int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned int flags)');
  const exchanged = renameat2(AT_FDCWD, staging, AT_FDCWD, destination, RENAME_EXCHANGE) === 0;
  if (!exchanged) {
    rmSync(destination, { recursive: true, force: true });
    renameSync(staging, destination);
  }
  rmSync(staging, { recursive: true, force: true });
};

const bundleScript = () =>
  build({
    entryPoints: [join(root, 'src/main.ts')],
    outfile: join(staging, 'suite.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['koffi'],
    minifyWhitespace: true,
    minifySyntax: true,
    // commander is CommonJS and asks for Node's own modules by require.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });

/** koffi looks for its binary in build/koffi/<platform>, after the packages that npm would have installed. */
const copyKoffi = (): void => {
  const from = dirname(createRequire(import.meta.url).resolve('koffi'));
  const to = join(staging, 'node_modules/koffi');
  for (const file of [
    'package.json',
    'LICENSE.txt',
    'index.cjs',
    'src/koffi/index.cjs',
    'src/koffi/src/static.cjs',
  ]) {
    cpSync(join(from, file), join(to, file));
  }
  const platform = `${process.platform}-${process.arch}`;
  const triplet = platform.replace('-', '_');
  const binary = join(dirname(from), '@koromix', `koffi-${platform}`, triplet, 'koffi.node');
  cpSync(binary, join(to, 'build/koffi', triplet, 'koffi.node'));
};

await bundle();
