// SPDX-License-Identifier: MIT
import { posix } from 'node:path';
import { EnvironmentError } from '@uio-msi/model';

/** What a member of an archive is, as far as a source tree can have it. */
export type MemberKind = 'file' | 'directory' | 'symlink';

/** A tarball that no source tree is made of. */
export const refused = (why: string): EnvironmentError =>
  new EnvironmentError({ code: 'tarball-refused', message: 'the tarball is not a source tree', why });

// `git` in any case is git's own (path.c), and the rest is no name at all.
const FORBIDDEN = /^(\.{0,2}|\.git)$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f\ufffd]/;

const parents = (path: string): string[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));

/**
 * Decides, member after member, what an archive may put into a tree: everything in one folder at
 * the top, each path once, nothing outside, nothing through a symbolic link, no link that leaves
 * the tree.
 *
 * @returns a function that gives the member's path below the top folder, '' for that folder itself
 * @throws {EnvironmentError} `tarball-refused` from that function
 */
export const memberGuard = (): ((name: string, kind: MemberKind, target?: string | null) => string) => {
  const seen = new Map<string, MemberKind>();
  let top: string | undefined;
  return (name, kind, target) => {
    const whole = name.replace(/\/$/, '');
    const [first = '', ...rest] = whole.split('/');
    if (UNPRINTABLE.test(name) || [first, ...rest].some((part) => FORBIDDEN.test(part)))
      throw refused(`the path ${JSON.stringify(name)} is not allowed`);
    top ??= first;
    if (first !== top) throw refused(`${name} is outside of ${top}`);
    const path = rest.join('/');
    if (path === '') {
      if (kind !== 'directory') throw refused(`${name} is not in a folder`);
      return path;
    }
    for (const parent of parents(path)) {
      const known = seen.get(parent) ?? 'directory';
      if (known !== 'directory') throw refused(`${name} lies below a ${known}`);
      seen.set(parent, known);
    }
    const before = seen.get(path);
    if (before !== undefined && (before !== 'directory' || kind !== 'directory'))
      throw refused(`${name} is there twice`);
    seen.set(path, kind);
    if (kind === 'symlink') requireInside(name, path, target ?? '');
    return path;
  };
};

const requireInside = (name: string, path: string, target: string): void => {
  const end = posix.normalize(posix.join(posix.dirname(path), target));
  if (
    target === '' ||
    UNPRINTABLE.test(target) ||
    target.startsWith('/') ||
    end === '..' ||
    end.startsWith('../')
  )
    throw refused(`the link ${name} leads out of the tree, to ${JSON.stringify(target)}`);
};
