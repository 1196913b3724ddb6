// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A series of two patches for the fake kernel, in the form of `patches/`. */
export const FAKE_SERIES = fileURLToPath(new URL('./series', import.meta.url));

/** The fake kernel's line and version. */
export const FAKE_KERNEL = { line: '9.1', version: '9.1.0' } as const;

/**
 * Writes a tiny kernel tree that is configured and built like a real one, with the real make and
 * compiler, in milliseconds.
 */
export const writeFakeKernel = (dir: string): void =>
  cpSync(fileURLToPath(new URL('./tree', import.meta.url)), dir, { recursive: true });

/** Writes it as a git repository, tagged like a kernel's: `v9.1.0`. */
export const writeFakeKernelRepository = (dir: string): void => {
  writeFakeKernel(dir);
  const git = (...args: string[]) => execFileSync('git', ['-C', dir, ...args], { stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  const identity = ['-c', 'user.name=Fake', '-c', 'user.email=fake@example.com'];
  git(...identity, 'commit', '--quiet', '--message=Linux 9.1');
  git(...identity, 'tag', '--annotate', '--message=Linux 9.1', `v${FAKE_KERNEL.version}`);
};
