// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { run } from '../process/run.js';
import type { Tool } from './tools.js';

/** A tool and where it was found; null when it is missing. */
export interface ProbedTool {
  readonly tool: Tool;
  readonly path: string | null;
}

// Commands of the administrator (depmod) are not on everybody's PATH.
const commandDirs = (): string[] => [
  ...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean),
  '/usr/sbin',
  '/sbin',
];

// Debian puts headers of one architecture into a folder of its own.
const TRIPLETS: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };
const HEADER_DIRS = ['/usr/include', '/usr/local/include', `/usr/include/${TRIPLETS[process.arch] ?? ''}`];

const firstThere = async (dirs: readonly string[], name: string, mode: number): Promise<string | null> => {
  for (const dir of dirs) {
    const path = join(dir, name);
    if (
      await access(path, mode).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
};

// A dynamic executable names its interpreter, the loader, in its first page.
const isStatic = async (path: string): Promise<boolean> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return !buffer.subarray(0, bytesRead).includes('/ld-linux');
  } finally {
    await handle.close();
  }
};

const probeTool = async (tool: Tool): Promise<ProbedTool> => {
  if (tool.header) {
    const dirs = isAbsolute(tool.header) ? ['/'] : HEADER_DIRS;
    return { tool, path: await firstThere(dirs, tool.header, constants.R_OK) };
  }
  const path = await firstThere(commandDirs(), tool.name, constants.X_OK);
  return { tool, path: path && tool.static && !(await isStatic(path)) ? null : path };
};

/** Looks for tools; only at files, so that it takes a millisecond or two. */
export const probeTools = (tools: readonly Tool[]): Promise<ProbedTool[]> =>
  Promise.all(tools.map(probeTool));

/** What a command says about its version, its first line; null for libraries and the silent. */
export const toolVersion = async ({ tool, path }: ProbedTool): Promise<string | null> => {
  if (path === null || tool.header) return null;
  const { stdout, stderr } = await run(path, ['--version'], { timeoutSeconds: 5 });
  return (
    `${stdout}${stderr}`
      .split('\n')
      .find((line) => /\d\.\d/.test(line))
      ?.trim() ?? null
  );
};
