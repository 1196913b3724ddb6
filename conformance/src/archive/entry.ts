// SPDX-License-Identifier: MIT

/** A file of an archive. */
export interface Entry {
  /** Relative, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** It is a program. */
  readonly executable?: boolean;
}

/** Why a path may not be in an archive or a bundle; null for one that may. Pure. */
export const pathProblem = (path: string): string | null => {
  if (path === '' || path.length > 255) return 'it is empty or too long';
  if (path.startsWith('/')) return 'it begins at the root';
  if (/[\p{Cc}\\]/u.test(path)) return 'it has control characters or a backslash';
  return path.split('/').some((part) => part === '' || part === '.' || part === '..')
    ? 'it leaves its folder, or has an empty part'
    : null;
};
