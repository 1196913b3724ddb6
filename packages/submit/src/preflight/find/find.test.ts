// SPDX-License-Identifier: MIT
// What is found out with the real git, on a tree that is small enough, with a get_maintainer.pl and a
// checkpatch.pl that say what they saw.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import { archivePosted } from '@uio-msi/series';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHANGE, creates, makeRevision, patchText } from '../../../testing/revision.js';
import { preflight } from '../preflight.js';
import { findRecord } from '../record.js';
import { findEarlier } from './earlier.js';
import { findFacts } from './facts.js';
import { parseRecipient } from './get-maintainer.js';
import type { Place } from './place.js';

// Counts how often it is called; knows the folder of what is touched, and refuses what it does not know.
const GET_MAINTAINER = `use strict;
open(my $log, '>>', "$ENV{PREFLIGHT_LOG}"); print $log "get_maintainer\\n"; close $log;
my $text = do { local $/; <STDIN> };
die "no tree\\n" unless -f 'MAINTAINERS' && -d 'drivers/uio' && -f '.mailmap';
exit 3 if $text =~ /break it/;
print "Greg Kroah-Hartman <gregkh\\@linuxfoundation.org> (maintainer:USERSPACE I/O (UIO))\\n" if $text =~ m{^\\+\\+\\+ b/drivers/uio/}m;
open(my $m, '<', 'MAINTAINERS'); my $entries = do { local $/; <$m> };
print "Rex <rex\\@kernelhackers.dev> (maintainer:UIO MSI)\n" if $entries =~ /UIO MSI/;
print "linux-kernel\\@vger.kernel.org (open list)\\n";
`;
const CHECKPATCH = `open(my $log, '>>', "$ENV{PREFLIGHT_LOG}"); print $log "checkpatch\\n"; close $log;
my $text = do { local $/; <STDIN> };
my $bad = $text =~ /Signed-off-by/ ? 0 : 1;
print "ERROR:MISSING_SIGN_OFF: Missing Signed-off-by: line(s)\\n" if $bad;
print "total: $bad errors, 0 warnings, 0 checks, 1 lines checked\\n";
exit $bad;
`;
const FILES: Readonly<Record<string, string>> = {
  'scripts/get_maintainer.pl': GET_MAINTAINER,
  'scripts/checkpatch.pl': CHECKPATCH,
  MAINTAINERS: 'Maintainers List\n\nUSERSPACE I/O (UIO)\nF:\tdrivers/uio/\n',
  '.mailmap': '',
  'drivers/uio/uio.c': `${'\n'.repeat(9)}\tint ret;\n\n\treturn 0;\n`,
  'Documentation/userspace-api/ioctl/ioctl-number.rst': 'table\n',
};

let dir: string;
let state: State;
let place: Place;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-facts-'));
  state = await openState(join(dir, 'state'));
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(join(dir, 'tree', dirname(path)), { recursive: true });
    await writeFile(join(dir, 'tree', path), text);
  }
  const gitDir = join(dir, 'store.git');
  const env = { ...process.env, GIT_DIR: gitDir, GIT_WORK_TREE: join(dir, 'tree') };
  const git = (...args: string[]) => execFileSync('git', args, { env }).toString().trim();
  git('init', '-q');
  git('add', '--all');
  place = { state, gitDir, base: git('write-tree') };
  process.env['PREFLIGHT_LOG'] = join(dir, 'log');
});
afterEach(async () => {
  delete process.env['PREFLIGHT_LOG'];
  await rm(dir, { recursive: true });
});

const asked = async () => (await readFile(join(dir, 'log'), 'utf8')).trim().split('\n').sort();
const options = () => ({
  now: new Date(0),
  kernel: '9.1.0',
  place: { value: place },
  prefixes: async () => [],
  matrix: async () => [],
  leftOut: async () => [],
  resent: null,
});
const revisionOf = async (patches: Parameters<typeof makeRevision>[0]) => {
  const revision = await makeRevision(patches);
  return { ...revision, series: { ...revision.series, dir } };
};
const NEW = { subject: 'docs: more', diff: creates('Documentation/uio.rst', 'more') };

it('asks the tools of the base about each patch, once for a content', async () => {
  const revision = await revisionOf({ patches: [{}, { ...NEW, trailers: [] }] });
  const facts = await findFacts(revision, options());
  const lkml = { name: '', address: 'linux-kernel@vger.kernel.org', role: 'open list' };
  const greg = {
    name: 'Greg Kroah-Hartman',
    address: 'gregkh@linuxfoundation.org',
    role: 'maintainer:USERSPACE I/O (UIO)',
  };
  expect(facts.maintainers).toEqual({
    value: new Map([
      ['0001.patch', [greg, lkml]],
      ['0002.patch', [lkml]],
    ]),
  });
  expect(facts.checkpatch).toMatchObject({ value: [{ kind: 'MISSING_SIGN_OFF', patch: '0002.patch' }] });
  expect(facts.applied).toMatchObject({
    value: { kernel: '9.1.0', patches: [{ status: 'clean' }, { status: 'clean' }] },
  });
  expect(facts.ioctlNumbers).toEqual({ value: 'table\n' });
  // And once before for the seed that checkpatch is prepared with.
  const once = ['checkpatch', 'checkpatch', 'checkpatch', 'get_maintainer', 'get_maintainer'];
  expect(await asked()).toEqual(once);
  expect(await findFacts(revision, options())).toEqual(facts);
  expect(await asked()).toEqual(once);
  const edited = await revisionOf({ patches: [{ message: 'Other words.' }, { ...NEW, trailers: [] }] });
  await findFacts(edited, options());
  expect(await asked()).toHaveLength(once.length + 2);
});

it('asks who maintains what with the entries that the series adds', async () => {
  const hunk = '@@ -1,2 +1,3 @@\n Maintainers List\n+UIO MSI\n \n';
  const diff = `diff --git a/MAINTAINERS b/MAINTAINERS\n--- a/MAINTAINERS\n+++ b/MAINTAINERS\n${hunk}`;
  const { maintainers } = await findFacts(await revisionOf({ patches: [{}, { ...NEW, diff }] }), options());
  const rex = expect.arrayContaining([expect.objectContaining({ address: 'rex@kernelhackers.dev' })]);
  expect(maintainers).toEqual({
    value: new Map([
      ['0001.patch', rex],
      ['0002.patch', rex],
    ]),
  });
});

it('reads the Makefiles and Kconfig files beside and above a new source, with the series applied', async () => {
  const made = creates('drivers/uio/uio_msi.c', 'int x;');
  const build = creates('drivers/uio/Makefile', 'obj-y += uio_msi.o', '', '# end');
  const { buildFiles } = await findFacts(
    await revisionOf({ patches: [{ diff: made + build }, { ...NEW, diff: creates('Kconfig', 'config X') }] }),
    options(),
  );
  expect(buildFiles).toEqual({
    value: new Map([
      ['Kconfig', 'config X\n'],
      ['drivers/uio/Makefile', 'obj-y += uio_msi.o\n\n# end\n'],
    ]),
  });
  expect((await findFacts(await revisionOf({}), options())).buildFiles).toEqual({ value: new Map() });
});

it('compares what the series needs with what was posted of it', async () => {
  const names = ['one', 'never'];
  for (const name of names) {
    const yaml = `name: ${name}\nrevision: 2\nchange-id: c\nsubject: s\nprefix: PATCH\nbase: "7.2"\npatches: [1.patch, 2.patch]\nconfig: []\nmodules: []\nmatrix: {kernels: ["7.2"]}\n`;
    await mkdir(join(dir, name), { recursive: true });
    await writeFile(join(dir, name, 'series.yaml'), yaml);
    await writeFile(join(dir, name, 'series'), '1.patch\n2.patch\n');
    await writeFile(join(dir, name, '1.patch'), patchText());
    await writeFile(
      join(dir, name, '2.patch'),
      patchText({ subject: 'uio: two', diff: CHANGE.replace('mutex_lock', 'spin_lock') }),
    );
  }
  // The first has other words; the second, other code.
  const was = [patchText({ message: 'Then.' }), patchText({ subject: 'uio: two' })];
  await archivePosted(
    join(dir, 'one'),
    1,
    was.map((text) => text.replace(/^From .*/, 'From mboxrd@z Thu Jan  1 00:00:00 1970')).join('\n'),
  );
  const revision = await revisionOf({});
  const series = {
    ...revision.series,
    dir: join(dir, 'own'),
    name: 'own',
    prerequisites: names.map((name) => ({ series: name })),
  };
  expect((await findFacts({ ...revision, series }, options())).prerequisites).toEqual({
    value: [
      { series: 'one', posted: 1, differs: ['uio: two'] },
      { series: 'never', posted: null, differs: [] },
    ],
  });
});

it('takes what is damaged for nothing', async () => {
  const revision = await revisionOf({});
  const facts = await findFacts(revision, options());
  for (const tool of ['get-maintainer', 'checkpatch'])
    for (const file of await readdir(state.path('preflight', tool))) {
      const path = state.path('preflight', tool, file);
      await writeFile(path, (await readFile(path, 'utf8')).replace('"value":[', '"value":[{},'));
    }
  expect(await findFacts(revision, options())).toEqual(facts);
});

it('tells what could not be found out, and remembers no failure', async () => {
  const revision = await revisionOf({ patches: [{ message: 'break it' }] });
  for (const _ of [1, 2])
    expect((await findFacts(revision, options())).maintainers).toMatchObject({
      unknown: { verdict: 'ERROR', reason: expect.stringContaining('it ended with 3') },
    });
  expect((await asked()).filter((tool) => tool === 'get_maintainer')).toHaveLength(2);
});

it('knows no files of a series that does not apply, and nothing without its base', async () => {
  const diff = CHANGE.replaceAll('uio.c', 'none.c');
  const facts = await findFacts(await revisionOf({ patches: [{ diff }] }), options());
  expect(facts.maintainersFile).toMatchObject({ unknown: { verdict: 'MISS' } });
  const unknown = { verdict: 'MISS' as const, reason: 'linux 9.1.0 was not fetched' };
  const nowhere = await findFacts(await revisionOf({}), { ...options(), place: { unknown } });
  for (const name of ['applied', 'checkpatch', 'maintainers', 'maintainersFile', 'ioctlNumbers'] as const)
    expect(nowhere[name]).toEqual({ unknown });
});

it('keeps a record that says what it found', async () => {
  const revision = await revisionOf({});
  const waivers = [{ rule: 'length', where: null, reason: 'of no matter here' }];
  const record = await preflight(revision, { ...options(), state, waivers, tried: 'x' });
  expect(record).toMatchObject({ verdict: 'FAIL', kernel: '9.1.0', waived: waivers });
  expect(record.rules.filter(({ blocks }) => blocks).map(({ rule }) => rule)).toEqual([
    'recipients',
    'base',
    'prefixes',
    'matrix',
  ]);
  expect(await findRecord(state, revision)).toEqual(record);
});

describe('the archive', () => {
  it('has who answered what and when it was sent', async () => {
    const { messages } = await makeRevision({ patches: [{}, { subject: 'uio: more' }] });
    const mails = messages.map(
      ({ raw, messageId }) =>
        `From mboxrd@z Thu Jan  1 00:00:00 1970\nMessage-Id: <${messageId}>\nDate: Wed, 30 Sep 2015 15:28:58 -0700\nTo: A List <list@kernelhackers.dev>,\n\tB@kernelhackers.dev\n${raw}\n`,
    );
    await archivePosted(dir, 1, mails.join(''));
    expect(await findEarlier(dir)).toMatchObject([
      {
        number: 1,
        sent: '2015-09-30T22:28:58.000Z',
        messageIds: ['v1-0@kernelhackers.dev', 'v1-1@kernelhackers.dev', 'v1-2@kernelhackers.dev'],
        cover: expect.stringMatching(/^What it is for\./),
        recipients: ['list@kernelhackers.dev', 'b@kernelhackers.dev'],
        patches: [{ subject: 'uio: lock the minor numbers' }, { subject: 'uio: more' }],
      },
    ]);
  });

  it('is empty before anything was posted', async () => {
    expect(await findEarlier(dir)).toEqual([]);
  });
});

it.each([
  [
    '"David S. Miller" <davem@davemloft.net> (maintainer:XDP (eXpress Data Path):Keyword:(?:\\b|_)xdp(?:\\b|_))',
    'David S. Miller',
  ],
  ['linux-api@vger.kernel.org (open list:ABI/API)', ''],
  ['a <b> c', null],
  ['nobody (maintainer', null],
])('reads %s', (line, name) => {
  expect(parseRecipient(line)?.name ?? null).toBe(name);
});
