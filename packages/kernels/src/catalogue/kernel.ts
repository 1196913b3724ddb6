// SPDX-License-Identifier: MIT
import * as z from 'zod/mini';

// Nothing but the web: git would run a command for a URL such as `ext::sh -c …`.
const url = z.string().check(z.regex(/^https?:\/\/[^\s-]\S*$/, 'must be an http or https URL'));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits'));
// What git, apt and file names take, and never the look of an option.
const word = z.string().check(z.regex(/^[\w.+~:/][\w.+~:/-]*$/, 'must be one plain word'));

/** A tag of a git repository. Trust: the connection's TLS. */
const gitSource = z.strictObject({ kind: z.literal('git'), url, tag: word });

/**
 * A tarball. Its checksum is pinned by `sha256`, or else looked up at the time of the download in
 * `sums`, a file as sha256sum(1) writes it. Trust without the pin: that file's TLS.
 */
const tarballSource = z
  .strictObject({ kind: z.literal('tarball'), url, sha256: z.optional(sha256), sums: z.optional(url) })
  .check(
    z.refine((source) => source.sha256 !== undefined || source.sums !== undefined, 'needs sha256 or sums'),
  );

/** The upstream tarball in a Debian source package of the suite; `sha256` is the tarball's. */
const debianSource = z.strictObject({
  kind: z.literal('debian'),
  package: word,
  version: word,
  suite: word,
  sha256,
});

const source = z.discriminatedUnion('kind', [gitSource, tarballSource, debianSource]);

const kernel = z
  .strictObject({
    line: z
      .string('must be a quoted string')
      .check(z.regex(/^(mainline|next|\d+\.\d+)$/, 'must be like "6.12", or mainline, or next')),
    version: z
      .string('must be a quoted string')
      .check(z.regex(/^(\d+\.\d+(\.\d+)?(-rc\d+)?|next-\d{8})$/, 'must be like "6.12.107"')),
    sources: z.array(source).check(z.minLength(1)),
  })
  .check(
    z.refine(
      (k) => k.line === 'mainline' || /^[.-]|^$/.test(k.version.replace(k.line, '')),
      'is not of its line',
    ),
  );

/** Where a kernel that is not in the catalogue may be found. */
const origin = z.discriminatedUnion('kind', [
  /** Tags of a git repository: `tags` and then the version. */
  z.strictObject({ kind: z.literal('git'), url, tags: z.string().check(z.regex(/^[a-z]*$/)) }),
  /** A folder as kernel.org's: `v7.x/linux-7.1.tar.xz` beside `v7.x/sha256sums.asc`. */
  z.strictObject({ kind: z.literal('tarball'), url }),
  /** A source package in suites of Debian. */
  z.strictObject({ kind: z.literal('debian'), package: word, suites: z.array(word).check(z.minLength(1)) }),
]);

/** The content of `kernels.yaml`. */
export const catalogueSchema = z.strictObject({
  origins: z._default(z.array(origin), []),
  kernels: z.array(kernel).check(z.minLength(1)),
});

/** Where kernels may be found that are not in the catalogue. */
export type Origin = z.infer<typeof origin>;

export type GitSource = z.infer<typeof gitSource>;
export type TarballSource = z.infer<typeof tarballSource>;
export type DebianSource = z.infer<typeof debianSource>;

/** Where a kernel's tree can be had. */
export type Source = z.infer<typeof source>;

/** One exact version, the line it stands for, and where to get it, tried in order. */
export type Kernel = z.infer<typeof kernel>;

/** The kernels that the project knows, newest first. */
export interface Catalogue {
  readonly kernels: readonly Kernel[];
  /** Where others may be found, in the order in which they are asked. */
  readonly origins: readonly Origin[];
}
