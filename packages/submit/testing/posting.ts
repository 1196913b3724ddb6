// SPDX-License-Identifier: MIT
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openState } from '@uio-msi/host';
import { loadSeries } from '@uio-msi/series';
import { composeRevision } from '../src/compose/compose.js';
import { importSeries } from '../src/import/import.js';
import { revisionDigest } from '../src/message/digest.js';
import type { Revision } from '../src/message/message.js';
import type { Fate } from '../src/send/deliver.js';
import type { SendContext } from '../src/send/send.js';
import { smtpTransport } from '../src/send/smtp.js';
import { mailbox } from './mails.js';
import { formatPatch, git, makeRepository } from './repository.js';

/** Who sends in tests. */
export const SENDER = { name: 'Jörg Exämple', address: 'joerg@example.org' };

const SIGNED = '\n\nSigned-off-by: Jörg Exämple <joerg@example.org>\n';

/** A repository that has a committed series `x` of two patches; gives the folder of the series. */
export const makeSeries = async (dir: string, sign = SIGNED): Promise<string> => {
  const source = join(dir, 'source');
  mkdirSync(source);
  makeRepository(source, [
    { files: { a: '1\n' }, message: 'base' },
    { files: { a: '.\n..\nzwölf\n' }, message: `a: first${sign}` },
    { files: { a: '3\n' }, message: `a: second${sign}` },
  ]);
  writeFileSync(join(dir, 'in.mbox'), mailbox(formatPatch(source)));
  const project = join(dir, 'project');
  mkdirSync(project);
  git(project, ['init', '-q', '-b', 'main']);
  git(project, ['config', 'user.name', SENDER.name]);
  git(project, ['config', 'user.email', SENDER.address]);
  const { dir: folder } = await importSeries({
    mailbox: join(dir, 'in.mbox'),
    into: join(project, 'patches'),
    name: 'x',
    base: '7.2',
    revision: null,
    message: null,
    partial: false,
    dryRun: false,
  });
  writeFileSync(join(folder, 'posted/v1.mbox'), '');
  git(project, ['rm', '-rq', '--cached', '--ignore-unmatch', '.']);
  for (const file of ['v1.mbox', 'SHA256SUMS']) git(project, ['clean', '-fqx', `patches/x/posted/${file}`]);
  git(project, ['add', '-A']);
  git(project, ['commit', '-qm', 'x']);
  return folder;
};

/** The revision of a series that {@link makeSeries} made, to two people. */
export const composed = async (folder: string, resend = false): Promise<Revision> =>
  composeRevision({
    series: await loadSeries(folder),
    sender: SENDER,
    to: [{ name: '', address: 'list@example.org' }],
    cc: [{ name: 'M', address: 'm@example.org' }],
    resend,
    stat: '',
  });

/** What preflight would say of it. */
export const passed = (revision: Revision) => ({
  digest: revisionDigest(revision),
  tried: '7.2',
  verdict: 'PASS' as const,
});

/** What sending needs, with a person who agrees to everything. */
export const contextFor = async (
  dir: string,
  port: number,
  fate: Fate = 'unknown',
): Promise<SendContext> => ({
  state: await openState(join(dir, 'state')),
  person: { terminal: true, ask: async (question) => /Type "(.*)" to send/.exec(question)?.[1] ?? '' },
  transport: smtpTransport({
    host: '127.0.0.1',
    port,
    encryption: 'offered',
    domain: 'localhost',
    user: null,
    password: async () => '',
    ca: null,
    timeoutSeconds: 5,
  }),
  ask: async () => fate,
  progress: () => {},
  now: () => new Date('2027-01-01T12:00:00Z'),
  signal: new AbortController().signal,
});
