// SPDX-License-Identifier: MIT
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Makes one file of a script and all it imports, so that a process of it starts in a tenth of a second.
 *
 * @returns its path, in a temporary folder
 */
export const bundleScript = async (source: URL): Promise<string> => {
  const outfile = join(await mkdtemp(join(tmpdir(), 'uio-msi-script-')), 'script.mjs');
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@uio-msi/source'],
    logLevel: 'error',
    // Packages of the older kind ask for modules of Node's.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  return outfile;
};

/** Runs what {@link bundleScript} made in a process of its own. */
export const startScript = (script: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });

/** Resolves with the exit code and the signal of a script. */
export const ending = (script: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> =>
  new Promise((resolve) => script.on('exit', (code, signal) => resolve([code, signal])));
