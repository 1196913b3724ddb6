// SPDX-License-Identifier: MIT
// main.ts [TARBALL] [STATE] [GUEST...]: docs/vendor.md in plain Debians with their own kernel, disk and network
// card, from the released tarball: its package of the modules installed, the vendor's hour with
// nothing else installed, and a kernel that is locked down. It needs root, debootstrap, QEMU and an
// hour; so it is run by hand or at night: npm run release && npm run e2e:vendor.
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { debianWithDkms, diskOf, plainDebian } from './debian.js';
import { judge, STEPS } from './expected.js';
import { type Guest, runGuest } from './guests.js';

/** What `npm run release` left for this architecture. */
const released = (): string => {
  const folder = join(import.meta.dirname, '../../../conformance/dist/release');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const [name] = names.filter((one) => one.endsWith('-linux-x64.tar.gz')).toSorted();
  if (name === undefined) throw new Error(`${folder} has no tarball: npm run release makes it`);
  return join(folder, name);
};

const [tarball = released(), where, ...only] = process.argv.slice(2);
const state = resolve(where ?? join(tmpdir(), 'uio-msi-vendor'));
mkdirSync(state, { recursive: true });
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** What the first guest built, for those that have no compiler. */
const modules = ['uio.ko', 'uio_msi.ko'].map((name) => join(state, name));

say('plain Debians (minutes, once)');
const plain = plainDebian(state);
const withDkms = debianWithDkms(state, plain);
const disk = diskOf(state, 'disk.img', plain);
const files = [resolve(tarball), `${resolve(tarball)}.sha256`];
const guests: readonly Guest[] = [
  {
    name: 'install',
    debian: withDkms,
    disk: diskOf(state, 'disk-dkms.img', withDkms),
    append: ['iomem=relaxed'],
    files,
  },
  { name: 'hour', debian: plain, disk, append: [], files: [...files, ...modules] },
  { name: 'locked', debian: plain, disk, append: ['lockdown=integrity'], files: [...files, ...modules] },
];

for (const guest of guests.filter(({ name }) => only.length === 0 || only.includes(name))) {
  const { share, left } = runGuest(guest, state, say);
  const problems = judge(STEPS[guest.name], left);
  for (const problem of problems) say(`- ${problem}`);
  say(problems.length === 0 ? `all as it must be; see ${share}` : `not as it must be: see ${share}`);
  if (problems.length > 0) process.exitCode = 1;
  if (guest.name !== 'install') continue;
  for (const module of modules)
    if (existsSync(join(share, basename(module)))) copyFileSync(join(share, basename(module)), module);
}
