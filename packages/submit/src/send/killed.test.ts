// SPDX-License-Identifier: MIT
// kill -9 before every change of the disk, and at every moment of the conversation with the server.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSeries, readPosted, recoverSeries } from '@uio-msi/series';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleScript, ending, startScript } from '../../../series/testing/script.js';
import { composed, contextFor, makeSeries, passed } from '../../testing/posting.js';
import { git, makeFolder } from '../../testing/repository.js';
import { type Moment, startServer, type TestServer } from '../../testing/server.js';
import { resumePosting, type SendContext, sendRevision } from './send.js';

const LONG = 900_000;

let script: string;
let template: { dir: string; remove: () => void };
let wanted: string[];
const places: string[] = [];
beforeAll(async () => {
  script = await bundleScript(new URL('../../testing/send-script.ts', import.meta.url));
  template = makeFolder();
  const { messages } = await composed(await makeSeries(template.dir));
  wanted = messages.map(({ messageId }) => messageId);
}, LONG);
afterAll(() => template.remove(), LONG);

/** A fresh place to send from, and a server whose archive is a file in it. */
const makePlace = async (at: (moment: Moment, count: number) => void = () => {}) => {
  const dir = join(template.dir, `place-${places.push('')}`);
  mkdirSync(dir);
  cpSync(join(template.dir, 'project'), join(dir, 'project'), { recursive: true });
  writeFileSync(join(dir, 'archive'), '');
  const server: TestServer = await startServer((moment, count) => {
    if (moment === 'taken')
      writeFileSync(join(dir, 'archive'), server.taken.map(({ text }) => text).join('\n'));
    at(moment, count);
    return null;
  });
  const run = async (what: 'send' | 'resume', nth: number): Promise<'killed' | 'ended'> => {
    const [, signal] = await ending(startScript(script, dir, `${server.port}`, what, `${nth}`));
    await server.idle();
    return signal === 'SIGKILL' ? 'killed' : 'ended';
  };
  return { dir, server, run };
};

type Place = Awaited<ReturnType<typeof makePlace>>;

/** Does what a person would, who looks into the archive: goes on with what was begun, or begins anew. */
const finish = async ({ dir, server }: Place): Promise<void> => {
  const folder = join(dir, 'project/patches/x');
  await recoverSeries(folder);
  const context = await contextFor(dir, server.port);
  const ask = async ({ messageId }: { messageId: string }) =>
    server.taken.some(({ text }) => text.startsWith(`Message-Id: <${messageId}>`)) ? 'arrived' : 'lost';
  await resumePosting(await loadSeries(folder), { ...context, ask } as SendContext).catch((error) => {
    if (error.code !== 'nothing-to-resume') throw error;
  });
  if ((await loadSeries(folder)).revision !== 'v1') return;
  const revision = await composed(folder);
  await sendRevision(revision, { reflect: false, record: passed(revision), tried: '7.2' }, context);
};

// Everybody has each mail once, and what comes after the last one was done.
const expectDone = async ({ dir, server }: Place, when: string): Promise<void> => {
  const got = server.taken.flatMap(({ text, to }) =>
    to.map((address) => `${/^Message-Id: <(.*)>\r$/m.exec(text)?.[1]} ${address}`),
  );
  const all = wanted.flatMap((id) => ['list@example.org', 'm@example.org'].map((to) => `${id} ${to}`));
  expect(got.sort(), when).toEqual(all.sort());
  const folder = join(dir, 'project/patches/x');
  expect((await loadSeries(folder)).revision, when).toBe('v2');
  expect((await readPosted(folder, 1)).patches, when).toHaveLength(2);
  expect(git(join(dir, 'project'), ['tag', '--list']), when).toBe('sent/x/v1\n');
  await server.close();
};

it(
  'loses nothing and repeats nothing when it is killed before any change of the disk',
  async () => {
    let steps = 0;
    for (let ended = false; !ended; ) {
      steps += 1;
      const place = await makePlace();
      ended = (await place.run('send', steps)) === 'ended';
      if (!ended) await finish(place);
      await expectDone(place, `killed before change ${steps}`);
    }
    // Journal before and after each of three mails, the archive, the tag, the next revision.
    expect(steps).toBeGreaterThan(20);
  },
  LONG,
);

it(
  'nor when what goes on with it is killed, too',
  async () => {
    let steps = 0;
    for (let ended = false; !ended; ) {
      steps += 1;
      let kill = (): void => {};
      const place = await makePlace((moment, count) => {
        if (moment === 'taken' && count === 2) kill();
      });
      const child = startScript(script, place.dir, `${place.server.port}`, 'send', '0');
      kill = () => child.kill('SIGKILL');
      expect((await ending(child))[1]).toBe('SIGKILL');
      await place.server.idle();
      ended = (await place.run('resume', steps)) === 'ended';
      if (!ended) await finish(place);
      await expectDone(place, `resume killed before change ${steps}`);
    }
    expect(steps).toBeGreaterThan(10);
  },
  LONG,
);

const MOMENTS: readonly (readonly [Moment, number])[] = [
  ...([1, 2, 3] as const).flatMap((count) =>
    (['mail', 'data', 'taken', 'answered'] as const).map((moment) => [moment, count] as const),
  ),
  ...([1, 2, 3, 4, 5, 6] as const).map((count) => ['rcpt', count] as const),
];

it(
  'nor when it is killed at any moment of the conversation',
  async () => {
    for (const [moment, number] of MOMENTS) {
      let kill = (): void => {};
      const place = await makePlace((now, count) => {
        if (now === moment && count === number) kill();
      });
      const child = startScript(script, place.dir, `${place.server.port}`, 'send', '0');
      kill = () => {
        kill = () => {};
        child.kill('SIGKILL');
      };
      expect((await ending(child))[1], `${moment} ${number}`).toBe('SIGKILL');
      await place.server.idle();
      await finish(place);
      await expectDone(place, `killed at ${moment} ${number}`);
    }
  },
  LONG,
);
