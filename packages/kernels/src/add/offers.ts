// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { downloadText, type Lock, listSources, run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { Origin, Source } from '../catalogue/kernel.js';
import { REMOTE, SECONDS_TO_ANSWER, whyNot } from '../sources/git.js';
import type { ObjectStore } from '../store/open.js';
import type { Wanted } from './wanted.js';

/** A version that an origin lists, and the source that this makes. */
export interface Offer {
  readonly version: string;
  readonly source: Source;
}

/** What asking an origin takes. */
export interface AskContext {
  readonly store: ObjectStore;
  readonly lock: Lock;
  readonly signal?: AbortSignal | undefined;
  readonly tell: (text: string) => void;
}

type Ask<O> = (origin: O, wanted: Wanted, ctx: AskContext) => Promise<readonly Offer[]>;

const git: Ask<Extract<Origin, { kind: 'git' }>> = async ({ url, tags }, { glob, matches }, { signal }) => {
  const asked = await run('git', ['ls-remote', '--refs', '--', url, `refs/tags/${tags}${glob}`], {
    env: REMOTE,
    timeoutSeconds: SECONDS_TO_ANSWER,
    signal,
  });
  if (asked.exitCode !== 0) throw whyNot(url, asked);
  return asked.stdout.split('\n').flatMap((row) => {
    const [, tag = ''] = /\trefs\/tags\/(.+)$/.exec(row) ?? [];
    const version = tag.startsWith(tags) ? tag.slice(tags.length) : '';
    return matches(version) ? [{ version, source: { kind: 'git', url, tag } }] : [];
  });
};

// The signature around the list is not checked: what vouches for it is the connection's TLS.
const tarball: Ask<Extract<Origin, { kind: 'tarball' }>> = async ({ url }, { name, matches }, { signal }) => {
  const major = Number.parseInt(name, 10);
  if (Number.isNaN(major)) return [];
  const folder = `${url}/v${major}.x`;
  const sums = `${folder}/sha256sums.asc`;
  return (await downloadText(sums, signal)).split('\n').flatMap((row) => {
    const [, sha256 = '', file = '', version = ''] =
      /^([0-9a-f]{64}) [ *](linux-(\d[\d.]*)\.tar\.xz)$/.exec(row.trim()) ?? [];
    if (!matches(version)) return [];
    return [{ version, source: { kind: 'tarball', url: `${folder}/${file}`, sha256, sums } }];
  });
};

// 7.1.13-1~bpo13+1: what is behind the last hyphen is Debian's (deb-version(7)).
const upstream = (version: string): string => version.replace(/-[^-]*$/, '').replace('~', '-');

const debian: Ask<Extract<Origin, { kind: 'debian' }>> = async (
  { package: name, suites },
  { matches },
  { store, lock, signal, tell },
) => {
  const offers: Offer[] = [];
  for (const suite of suites) {
    tell(`asking apt for ${suite}`);
    const folder = join(store.state.path('downloads'), `apt-list-${suite}`);
    for (const { version, sha256 } of await listSources({ name, suite }, folder, { lock, signal })) {
      const found = upstream(version);
      const source = { kind: 'debian', package: name, version, suite, sha256 } as const;
      if (matches(found)) offers.push({ version: found, source });
    }
  }
  return offers;
};

const ASK: { readonly [K in Origin['kind']]: Ask<Extract<Origin, { kind: K }>> } = { git, tarball, debian };

/** The origin in a few words, for messages. */
export const nameOf = (origin: Origin): string =>
  origin.kind === 'debian' ? `Debian's package ${origin.package}` : `${origin.kind} ${origin.url}`;

/**
 * What an origin lists of what is wanted. Nothing says yet that it serves it too.
 *
 * @throws {EnvironmentError} when it cannot be asked
 */
export const offersOf = (origin: Origin, wanted: Wanted, ctx: AskContext): Promise<readonly Offer[]> =>
  // The table has for each kind what asks that kind; the compiler cannot see it.
  (ASK[origin.kind] as Ask<Origin>)(origin, wanted, ctx);

/** Why an origin has nothing, or the error if that is not what happened. */
export const whyNothing = (origin: Origin, error: unknown): string => {
  if (!(error instanceof EnvironmentError)) throw error;
  return `${nameOf(origin)}: ${error.why ?? error.message}`;
};
