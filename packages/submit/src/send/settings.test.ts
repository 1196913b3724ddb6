// SPDX-License-Identifier: MIT
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git, makeFolder } from '../../testing/repository.js';
import { startServer, type TestServer } from '../../testing/server.js';
import { readGitConfig, readSender } from '../compose/identity.js';
import { chooseTransport, type Environment } from './settings.js';

let dir: string;
let remove: () => void;
let server: TestServer | null = null;
beforeEach(() => {
  ({ dir, remove } = makeFolder());
});
afterEach(async () => {
  await server?.close();
  server = null;
  remove();
});

const transport = (config: Record<string, string>, env: Environment = {}) =>
  chooseTransport(new Map(Object.entries(config).map(([key, value]) => [`sendemail.${key}`, value])), env);

const NEVER = new AbortController().signal;

const PARCEL = {
  from: 'a@example.org',
  to: ['b@example.org', 'c@example.org'],
  content: 'Subject: x\n\n.dot\nü\n',
};

describe('reads what git send-email reads', () => {
  it.each<[Record<string, string>, string]>([
    [{ smtpserver: 'mail.example.org' }, 'mail.example.org:25 with STARTTLS if it is offered'],
    [{ smtpserver: 'mail.example.org', smtpencryption: 'ssl' }, 'mail.example.org:465 with TLS'],
    [
      { smtpserver: 'mail.example.org:2525', smtpencryption: 'tls', smtpuser: 'joe' },
      'mail.example.org:2525 with STARTTLS as joe',
    ],
    [
      {
        identity: 'work',
        'work.smtpserver': 'work.example.org',
        smtpserver: 'x',
        'work.smtpserverport': '587',
      },
      'work.example.org:587 with STARTTLS if it is offered',
    ],
    [{ smtpserver: '/usr/bin/msmtp' }, '/usr/bin/msmtp'],
    [{ sendmailcmd: 'msmtp -a work', smtpserver: 'x' }, 'msmtp -a work'],
  ])('%j', async (config, description) => {
    expect((await transport(config)).description).toBe(description);
  });

  it.each<[Record<string, string>]>([
    [{ smtpserver: 'x', smtpencryption: 'rot13' }],
    [{ smtpserver: 'x', smtpserverport: '0x' }],
    [{ smtpserver: 'x', smtpsslcertpath: '/nowhere' }],
  ])('and refuses %j', async (config) => {
    await expect(transport(config)).rejects.toMatchObject({ code: 'bad-transport', exitCode: 2 });
  });
});

const local = (port: number) => ({ smtpserver: '127.0.0.1', smtpserverport: `${port}` });

it('gives the password of the environment, and nothing when it is wrong', async () => {
  server = await startServer(() => null, {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'joe' && password === 'secret' ? done(null, { user: 'joe' }) : done(new Error('no')),
  });
  const config = { ...local(server.port), smtpuser: 'joe', smtppass: 'wrong' };
  const right = await transport(config, { SMTP_PASSWORD: 'secret' });
  expect(await right.send(PARCEL, async () => {}, NEVER)).toMatchObject({ accepted: PARCEL.to, refused: [] });
  await right.close();
  expect(server.taken).toEqual([
    { from: PARCEL.from, to: PARCEL.to, text: 'Subject: x\r\n\r\n.dot\r\nü\r\n' },
  ]);
  await expect((await transport(config)).send(PARCEL, async () => {}, NEVER)).rejects.toMatchObject({
    certain: true,
  });
});

it('does not go on without the encryption that was asked for', async () => {
  server = await startServer(); // which has no STARTTLS
  const config = { ...local(server.port), smtpencryption: 'tls' };
  await expect((await transport(config)).send(PARCEL, async () => {}, NEVER)).rejects.toMatchObject({
    certain: true,
  });
  expect(server.taken).toEqual([]);
});

it('does not trust a certificate of nobody', async () => {
  server = await startServer(() => null, { secure: true, disabledCommands: [] });
  const config = { ...local(server.port), smtpencryption: 'ssl' };
  await expect((await transport(config)).send(PARCEL, async () => {}, NEVER)).rejects.toMatchObject({
    certain: true,
  });
  expect(server.taken).toEqual([]);
});

describe('a program that takes mail', () => {
  const program = (ending: string): string => {
    const path = join(dir, 'sendmail');
    writeFileSync(path, `#!/bin/sh\necho "$@" > ${dir}/args\ncat > ${dir}/mail\n${ending}\n`, {
      mode: 0o755,
    });
    return path;
  };

  it('is given envelope and mail', async () => {
    let offered = 0;
    for (const config of [{ smtpserver: program('exit 0') }, { sendmailcmd: `${program('exit 0')} -v` }]) {
      const receipt = await (await transport(config)).send(
        PARCEL,
        async () => {
          offered += 1;
        },
        NEVER,
      );
      expect(receipt.accepted).toEqual(PARCEL.to);
      expect(readFileSync(join(dir, 'args'), 'utf8')).toMatch(
        /^(?:-v )?-i -f a@example\.org b@example\.org c@example\.org\n$/,
      );
      expect(readFileSync(join(dir, 'mail'), 'utf8')).toBe(PARCEL.content);
    }
    expect(offered).toBe(2);
  });

  it.each<readonly [string, boolean]>([
    ['exit 64', true],
    ['exit 77', true],
    ...[1, 65, 67, 68, 69, 70, 71, 74, 75, 78, 127].map((code) => [`exit ${code}`, false] as const),
    ['kill -9 $$', false],
  ])('that ends with %s: surely not taken is %s', async (ending, certain) => {
    const way = await transport({ smtpserver: program(ending) });
    await expect(way.send(PARCEL, async () => {}, NEVER)).rejects.toMatchObject({ certain });
  });
});

it('a program that never ends is ended, and nobody knows what it did', async () => {
  const path = join(dir, 'sendmail');
  writeFileSync(path, '#!/bin/sh\nsleep 60\n', { mode: 0o755 });
  const way = await transport({ smtpserver: path });
  const started = Date.now();
  await expect(way.send(PARCEL, async () => {}, AbortSignal.timeout(200))).rejects.toMatchObject({
    certain: false,
  });
  expect(Date.now() - started).toBeLessThan(15_000);
});

describe('who sends', () => {
  it('is asked of git, and never guessed', async () => {
    git(dir, ['init', '-q']);
    for (const [key, value] of [
      ['user.name', ''],
      ['user.email', ''],
      ['sendemail.from', ''],
    ] as const)
      git(dir, ['config', key, value]);
    const sender = async () => readSender(await readGitConfig(dir));
    await expect(sender()).rejects.toMatchObject({
      code: 'identity-missing',
      next: expect.stringContaining('user.name'),
    });
    git(dir, ['config', 'user.name', 'Jörg']);
    await expect(sender()).rejects.toMatchObject({ code: 'identity-missing' });
    git(dir, ['config', 'user.email', 'not an address']);
    await expect(sender()).rejects.toMatchObject({ code: 'identity-missing' });
    git(dir, ['config', 'user.email', 'j@example.org']);
    expect(await sender()).toEqual({ name: 'Jörg', address: 'j@example.org' });
    git(dir, ['config', 'sendemail.from', 'Work <w@example.org>']);
    expect(await sender()).toEqual({ name: 'Work', address: 'w@example.org' });
  });
});
