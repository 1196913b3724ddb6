// SPDX-License-Identifier: MIT
// npm leaves optional binaries of other platforms out of the lock file when the registry it asked
// does not serve them, and `npm ci` then refuses that file. An entry with the true name, version,
// os, cpu and libc is all it wants; nothing is fetched for a platform that is not ours.

/** An entry of a lock file, as far as it is looked at. */
export interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package-lock.json of version 3. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

// Where Node looks for a package's dependency: its own folder, then every one above.
const isInstalled = (lock: LockFile, from: string, name: string): boolean => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
};

// Platform packages name their platform as Node.js does: @nx/nx-win32-x64-msvc.
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

// Keys in npm's order, so that it finds nothing to change.
const optionalEntry = (name: string, version: string, dev: boolean): LockEntry => {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.includes('musl') ? ['musl'] : [];
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(dev && { dev }),
    ...(libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
};

/** The entries that optional dependencies lack, by their key in the lock file. */
export const missingEntries = (lock: LockFile): Record<string, LockEntry> =>
  Object.fromEntries(
    Object.entries(lock.packages).flatMap(([from, { optionalDependencies = {}, dev }]) =>
      Object.entries(optionalDependencies)
        .filter(([name]) => !isInstalled(lock, from, name))
        .map(([name, version]) => [`node_modules/${name}`, optionalEntry(name, version, dev === true)]),
    ),
  );

/** The lock file with its missing entries, keys in npm's order. */
export const completeLock = (lock: LockFile): LockFile => ({
  ...lock,
  packages: Object.fromEntries(
    Object.entries({ ...lock.packages, ...missingEntries(lock) }).sort(([a], [b]) =>
      a.localeCompare(b, 'en'),
    ),
  ),
});

/** One line for everything that would make `npm ci` fail elsewhere. */
export const lockProblems = (lock: LockFile): string[] => [
  ...Object.keys(missingEntries(lock)).map((key) => `package-lock.json lacks ${key}: run npm run lock`),
  ...Object.entries(lock.packages)
    .filter(([, { link, resolved }]) => !link && resolved)
    .map(([key]) => `package-lock.json ties ${key} to one registry: remove its "resolved"`),
];
