// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSeries, readPosted } from '@uio-msi/series';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composed, contextFor, makeSeries, passed, SENDER } from '../../testing/posting.js';
import { git, makeFolder } from '../../testing/repository.js';
import { type Moment, type Order, startServer, type TestServer } from '../../testing/server.js';
import { revisionDigest } from '../message/digest.js';
import { seriesStatus } from '../status.js';
import { findPostings } from './journal.js';
import { outgoing } from './outgoing.js';
import { resumePosting, sendRevision } from './send.js';
import { describePosting } from './summary.js';

let dir: string;
let remove: () => void;
let folder: string;
let server: TestServer;
beforeEach(async () => {
  ({ dir, remove } = makeFolder());
  folder = await makeSeries(dir);
});
afterEach(async () => {
  await server?.close();
  remove();
});

const send = async (options = {}, context = {}) => {
  const revision = await composed(folder);
  return sendRevision(
    revision,
    { reflect: false, record: passed(revision), tried: '7.2', ...options },
    { ...(await contextFor(dir, server.port)), ...context },
  );
};

const resume = async (fate: 'arrived' | 'lost' | 'unknown' = 'unknown') =>
  resumePosting(await loadSeries(folder), await contextFor(dir, server.port, fate));

// How often each recipient got each mail.
const received = (): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { text, to } of server.taken) {
    const id = /^Message-Id: <(.*)>\r$/m.exec(text)?.[1]?.replace(/-[0-9a-f]{12}@.*/, '');
    for (const address of to) counts[`${id} ${address}`] = (counts[`${id} ${address}`] ?? 0) + 1;
  }
  return counts;
};

const once = (): Record<string, number> =>
  Object.fromEntries(
    [0, 1, 2].flatMap((n) =>
      ['list@example.org', 'm@example.org'].map((to) => [`20261102-x-v1-${n} ${to}`, 1] as const),
    ),
  );

it('sends each mail to everybody, archives it as mailed, tags it, and opens the next revision', async () => {
  server = await startServer();
  const before = await composed(folder);
  await send();
  expect(received()).toEqual(once());
  const texts = before.messages.map((message, n) =>
    outgoing(message, new Date(Date.UTC(2027, 0, 1, 12, 0, n))),
  );
  expect(server.taken.map(({ text }) => text)).toEqual(texts.map((text) => text.replaceAll('\n', '\r\n')));
  expect(server.taken[1]?.text).toMatch(/^Date: Fri, 01 Jan 2027 12:00:01 \+0000\r$/m);
  const posted = await readPosted(folder, 1);
  expect(posted.patches).toHaveLength(2);
  for (const text of texts) expect(posted.text).toContain(text.trimEnd());
  expect((await loadSeries(folder)).revision).toBe('v2');
  const project = join(dir, 'project');
  expect(git(project, ['rev-parse', 'sent/x/v1^{commit}'])).toBe(git(project, ['rev-parse', 'HEAD']));
  await expect(resume()).rejects.toMatchObject({ code: 'nothing-to-resume' });
});

describe('goes on where it stopped when the server', () => {
  const cases: readonly [string, (moment: Moment, count: number, address: string) => Order, string][] = [
    ['hangs up before a mail', (m, n) => (m === 'mail' && n === 2 ? 'drop' : null), 'mail-refused'],
    ['hangs up within a mail', (m, n) => (m === 'data' && n === 2 ? 'drop' : null), 'mail-'],
    ['refuses a sender', (m, n) => (m === 'mail' && n === 3 ? 550 : null), 'mail-refused'],
    ['refuses a mail', (m, n) => (m === 'data' && n === 3 ? 554 : null), 'mail-refused'],
    ['is busy', (m, n) => (m === 'data' && n === 2 ? 451 : null), 'mail-refused'],
    [
      'puts one recipient off',
      (m, n, address) => (m === 'rcpt' && address === 'm@example.org' && n < 3 ? 450 : null),
      'mail-partial',
    ],
  ];
  it.each(cases)('%s', async (_, order, code) => {
    server = await startServer(order);
    await expect(send()).rejects.toMatchObject({
      code: expect.stringContaining(code),
      exitCode: 3,
      next: expect.stringContaining('resume'),
    });
    await expect(send()).rejects.toMatchObject({ code: 'send-unfinished' });
    await resume('lost');
    expect(received()).toEqual(once());
    expect((await loadSeries(folder)).revision).toBe('v2');
  });
});

describe('when a mail was taken and the answer got lost', () => {
  beforeEach(async () => {
    server = await startServer((m, n) => (m === 'taken' && n === 2 ? 'drop' : null));
    await expect(send()).rejects.toMatchObject({
      code: 'mail-unknown',
      next: expect.stringContaining('-v1-1-'),
    });
  });

  it('asks, and sends it no second time when it arrived', async () => {
    await resume('arrived');
    expect(received()).toEqual(once());
  });

  it('stops when nobody knows', async () => {
    await expect(resume('unknown')).rejects.toMatchObject({ code: 'mail-unknown' });
    expect(server.taken).toHaveLength(2);
  });
});

it('begins anew what never left, with what is there then', async () => {
  server = await startServer((m, n) => (m === 'mail' && n === 1 ? 550 : null));
  await expect(send()).rejects.toMatchObject({ code: 'mail-refused' });
  const series = await loadSeries(folder);
  const { state } = await contextFor(dir, server.port);
  expect((await seriesStatus(state, series)).postings).toMatchObject([{ state: 'begun', delivered: 0 }]);
  appendFileSync(join(folder, 'cover.md'), 'A word more.\n');
  git(join(dir, 'project'), ['commit', '-qam', 'more']);
  await send();
  expect(received()).toEqual(once());
  expect(server.taken[0]?.text).toContain('A word more.');
  expect((await seriesStatus(state, series)).postings).toMatchObject([{ state: 'sent' }]);
});

describe('is given up', () => {
  const given = async (context: object) => {
    server = await startServer((m, n) => (m === 'taken' && n === 2 ? 'wait' : null));
    return send({}, context);
  };
  const asks = async () => {
    const { state } = await contextFor(dir, server.port);
    expect((await seriesStatus(state, await loadSeries(folder))).postings).toMatchObject([
      { state: 'unknown', delivered: 1 },
    ]);
    await expect(resume('unknown')).rejects.toMatchObject({ code: 'mail-unknown' });
    expect(server.taken).toHaveLength(2);
  };

  it('when it takes too long, and is asked about', async () => {
    await expect(given({ limitSeconds: 1 })).rejects.toMatchObject({ code: 'mail-unknown' });
    await asks();
  });

  it('when somebody interrupts it, and is asked about', async () => {
    const stop = new AbortController();
    const progress = ({ number }: { number: number }) => {
      if (number === 1) setTimeout(() => stop.abort('SIGINT'), 500);
    };
    await expect(given({ signal: stop.signal, progress })).rejects.toMatchObject({ exitCode: 130 });
    await asks();
  });
});

it('does not wait for ever for a server that says nothing', async () => {
  server = await startServer((m, n) => (m === 'mail' && n === 2 ? 'wait' : null));
  const context = await contextFor(dir, server.port);
  const started = Date.now();
  await expect(send({}, context)).rejects.toMatchObject({ code: 'mail-refused' });
  expect(Date.now() - started).toBeLessThan(15_000);
});

it('tells who will not get it, and does not try again', async () => {
  server = await startServer((m, _, address) => (m === 'rcpt' && address === 'm@example.org' ? 550 : null));
  const { journal } = await send();
  expect(journal.mails.map(({ refused }) => refused[0]?.addresses)).toEqual(Array(3).fill(['m@example.org']));
  expect(Object.keys(received())).toHaveLength(3);
});

it('sends to the sender alone, and changes nothing by that', async () => {
  server = await startServer();
  await send({ reflect: true, record: null });
  await send({ reflect: true, record: null });
  expect(new Set(server.taken.flatMap(({ to }) => to))).toEqual(new Set([SENDER.address]));
  expect(server.taken[1]?.text).toMatch(/^Message-Id: <reflect-\d+-.*>\r\nIn-Reply-To: <reflect-/);
  expect(git(join(dir, 'project'), ['status', '--porcelain'])).toBe('');
  expect((await loadSeries(folder)).revision).toBe('v1');
});

describe('sends nothing', () => {
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => expect(server.taken).toEqual([]));

  it('that the sender did not sign off last', async () => {
    for (const sign of [
      '',
      '\n\nSigned-off-by: Jörg Exämple <joerg@example.org>\nSigned-off-by: B <b@example.org>\n',
    ]) {
      const other = makeFolder();
      const revision = await composed(await makeSeries(other.dir, sign));
      for (const reflect of [false, true])
        await expect(
          sendRevision(
            revision,
            { reflect, record: passed(revision), tried: '7.2' },
            await contextFor(dir, server.port),
          ),
        ).rejects.toMatchObject({
          code: 'sign-off-missing',
          why: expect.stringContaining('0002-a-second.patch'),
        });
      other.remove();
    }
  });

  it('without showing first who would get it', async () => {
    let shown = '';
    const ask = async (question: string) => {
      shown = question;
      return '';
    };
    for (const reflect of [false, true]) {
      await expect(send({ reflect }, { person: { terminal: true, ask } })).rejects.toMatchObject({
        code: 'not-confirmed',
      });
      expect(shown).toMatch(/PATCH 0\/2.*[\s\S]*PATCH 2\/2[\s\S]*list@example\.org[\s\S]*m@example\.org/);
      expect(/each of them only to\n +joerg@example\.org/.test(shown)).toBe(reflect);
    }
    const one = { ...(await composed(folder)), sender: SENDER };
    const alone = { ...one, messages: one.messages.map((message) => ({ ...message, cc: [] })) };
    expect(describePosting(alone, 'x', [SENDER.address])).toContain('only to');
  });

  it('that nobody confirmed on a terminal', async () => {
    const silent = { person: { terminal: false, ask: async () => 'send x v1' } };
    const no = { person: { terminal: true, ask: async () => 'y' } };
    for (const reflect of [false, true]) {
      await expect(send({ reflect }, silent)).rejects.toMatchObject({ code: 'no-terminal' });
      await expect(send({ reflect }, no)).rejects.toMatchObject({ code: 'not-confirmed' });
    }
  });

  it('that preflight did not pass, exactly as it is', async () => {
    const revision = await composed(folder);
    const digest = revisionDigest(revision);
    await expect(send({ record: null })).rejects.toMatchObject({ code: 'preflight-missing' });
    await expect(send({ record: { digest: 'x', tried: '7.2', verdict: 'PASS' } })).rejects.toMatchObject({
      code: 'preflight-missing',
    });
    await expect(send({ record: { digest, tried: '7.2', verdict: 'FAIL' } })).rejects.toMatchObject({
      code: 'preflight-failed',
    });
  });

  it('when what it was tried on is another one since', async () => {
    await expect(send({ tried: '7.3' })).rejects.toMatchObject({ code: 'preflight-stale' });
  });

  it('that is not committed', async () => {
    appendFileSync(join(folder, 'cover.md'), 'more\n');
    await expect(send()).rejects.toMatchObject({
      code: 'series-uncommitted',
      why: expect.stringContaining('cover.md'),
    });
  });

  it('that is in no commit because git was told not to look at it', async () => {
    const project = join(dir, 'project');
    git(project, ['rm', '-q', '--cached', 'patches/x/cover.md']);
    git(project, ['commit', '-qm', 'without']);
    writeFileSync(join(project, '.git/info/exclude'), '*.md\n*~\n');
    writeFileSync(join(folder, 'cover.md~'), '');
    expect(git(project, ['status', '--porcelain'])).toBe('');
    await expect(send()).rejects.toMatchObject({
      code: 'series-uncommitted',
      why: '!! patches/x/cover.md',
    });
  });

  it('by a clock that is behind the patches', async () => {
    const now = () => new Date('2001-01-01T00:00:00Z');
    await expect(send({}, { now })).rejects.toMatchObject({ code: 'clock-wrong' });
  });
});

it('sends a revision no second time', async () => {
  server = await startServer();
  const revision = await composed(folder);
  await send();
  const again = sendRevision(
    revision,
    { reflect: false, record: passed(revision), tried: '7.2' },
    await contextFor(dir, server.port),
  );
  await expect(again).rejects.toMatchObject({ code: 'already-sent' });
  expect(received()).toEqual(once());
});

const SCRIPT = fileURLToPath(new URL('../../testing/send-script.ts', import.meta.url));
const REGISTER = fileURLToPath(new URL('../../../../tools/register.mjs', import.meta.url));

// Kills the sender at a moment of the conversation. What it had asked of the server goes on there.
const killedAt = async (moment: Moment, number: number): Promise<void> => {
  let kill = (): void => {};
  server = await startServer((now, count) => {
    if (now === moment && count === number) kill();
    return null;
  });
  const child = spawn(
    process.execPath,
    ['--conditions=@uio-msi/source', '--import', REGISTER, SCRIPT, dir, `${server.port}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (piece) => {
    said += piece;
  });
  kill = () => child.kill('SIGKILL');
  const signal = await new Promise((resolve) => child.on('exit', (_, by) => resolve(by)));
  expect(signal, said).toBe('SIGKILL');
};

it.each<[Moment, number]>([
  ['data', 1],
  ['taken', 1],
  ['mail', 2],
  ['taken', 3],
  ['answered', 3],
])(
  'is killed at %s %i, and nobody gets a mail twice or not at all',
  async (moment, number) => {
    await killedAt(moment, number);
    // The person looks into the archive and says what is there.
    const context = await contextFor(dir, server.port);
    const ask = async ({ messageId }: { messageId: string }) =>
      server.taken.some(({ text }) => text.includes(`Message-Id: <${messageId}>`)) ? 'arrived' : 'lost';
    const series = await loadSeries(folder);
    await resumePosting(series, { ...context, ask: ask as never }).catch((error) => {
      if (error.code !== 'nothing-to-resume') throw error;
    });
    expect(received()).toEqual(once());
    expect((await loadSeries(folder)).revision).toBe('v2');
    expect(await findPostings(context.state, series.changeId)).toHaveLength(1);
  },
  60_000,
);

it('does not believe a mail that somebody changed since', async () => {
  server = await startServer((m, n) => (m === 'mail' && n === 1 ? 'drop' : null));
  await expect(send()).rejects.toMatchObject({ code: 'mail-refused' });
  const { state } = await contextFor(dir, server.port);
  const [posting] = await findPostings(state, (await loadSeries(folder)).changeId);
  appendFileSync(join(posting?.folder ?? '', '0000.eml'), 'x');
  await expect(resume()).rejects.toMatchObject({ code: 'journal-damaged' });
  expect(readFileSync(join(posting?.folder ?? '', 'journal.json'), 'utf8')).toContain('"offered": false');
});
