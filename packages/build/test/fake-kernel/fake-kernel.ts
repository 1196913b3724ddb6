// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A series of two patches for the fake kernel, in the form of `patches/`. */
export const FAKE_SERIES = fileURLToPath(new URL('./fixtures/series', import.meta.url));

/** The fake kernel's line and version. */
export const FAKE_KERNEL = { line: '9.1', version: '9.1.0' } as const;

/**
 * Writes a tiny kernel tree that is configured and built like a real one, with the real make and
 * compiler, in milliseconds.
 */
export const writeFakeKernel = (dir: string): void =>
  cpSync(fileURLToPath(new URL('./fixtures/tree', import.meta.url)), dir, { recursive: true });

/** Writes it as a tarball, as kernel.org has them. */
export const writeFakeKernelTarball = (path: string): void => {
  const folder = mkdtempSync(join(tmpdir(), 'fake-kernel-'));
  try {
    const name = `linux-${FAKE_KERNEL.version}`;
    writeFakeKernel(join(folder, name));
    execFileSync('tar', ['-C', folder, '-cJf', path, name]);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
