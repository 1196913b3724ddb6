// SPDX-License-Identifier: MIT
// Makes a few files of the command and all it imports, so that it starts as fast as Node.js does.
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const here = fileURLToPath(new URL('..', import.meta.url));

// A module that looks for a file beside itself still finds it from within the bundle.
const keepModuleUrls: Plugin = {
  name: 'keep-module-urls',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/packages\/[^/]+\/src\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const original = JSON.stringify(relative(`${here}/bundle`, path));
      const contents = source.replaceAll('import.meta.url', `new URL(${original}, import.meta.url).href`);
      return { contents, loader: 'ts' };
    });
  },
};

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ['src/main.ts'],
  outdir: 'bundle',
  bundle: true,
  splitting: true, // what a command does not use is not loaded
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  conditions: ['@uio-msi/source'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  external: ['koffi'], // its binary is found from where it is installed
  legalComments: 'linked',
  logLevel: 'warning',
  plugins: [keepModuleUrls],
  // CommonJS dependencies ask for Node's modules through require().
  banner: {
    js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
  },
});

// A command that is under way may still load a part of an older bundle: its name has its digest.
const KEPT_MS = 24 * 60 * 60 * 1000;
const made = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const name of await readdir(join(here, 'bundle'))) {
  const path = join(here, 'bundle', name);
  if (!made.has(name) && (await stat(path)).mtimeMs < Date.now() - KEPT_MS) await rm(path);
}
