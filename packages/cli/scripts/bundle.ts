// SPDX-License-Identifier: MIT
// Makes one file of the command and all it imports: it starts three times as fast as its modules,
// and a run that is under way does not notice when the sources change.
import { build } from 'esbuild';

const here = new URL('..', import.meta.url).pathname;

await build({
  absWorkingDir: here,
  entryPoints: ['src/main.ts'],
  outfile: 'bundle/main.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  conditions: ['@uio-msi/source'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'linked',
  logLevel: 'warning',
  // CommonJS dependencies ask for Node's modules through require().
  banner: {
    js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
  },
});
