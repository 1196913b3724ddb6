// SPDX-License-Identifier: MIT
import { ForeseenError } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { REPEATED } from '../../testing/mutate.js';
import { parseChangelog } from '../revision/changelog.js';
import { parseMailbox } from './mailbox.js';
import { takeApart } from './parts.js';
import { parsePatchFile } from './patch.js';

const HEAD = 'From: A <a@example.org>\nSubject: [PATCH] x: y';
const DIFF = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';

// Where a line of a mail can be.
const PLACES: readonly ((line: string) => string)[] = [
  (line) => `${line}\n${HEAD}\n\nWhy.\n---\n${DIFF}`,
  (line) => `${HEAD}\n${line}\n\n${line}\n\nWhy.\n---\n${DIFF}`,
  (line) => `${HEAD}\n\nWhy.\n\nCc: <a@example.org>\n${line}\n---\n${DIFF}`,
  (line) => `${HEAD}\n\nWhy.\n---\nv2: x\n${line}\n---\n x | 2 +-\n${line}\n\n${DIFF}`,
  (line) => `${HEAD}\n\nWhy.\n---\n${DIFF}${line}\n-- \nx\n${line}\nx\n`,
];

// Of the processor, so that a busy machine is not taken for a slow pattern.
const LIMIT_MS = 3000;

it('takes no time for one character or token 50,000 times, wherever it is', async () => {
  const foreseen = (error: unknown) => expect(error).toBeInstanceOf(ForeseenError);
  const slow: string[] = [];
  for (const [place, put] of PLACES.entries())
    for (const line of REPEATED) {
      const text = put(line);
      const started = process.cpuUsage();
      takeApart(text);
      await parsePatchFile('x.patch', text).then(({ notes }) => parseChangelog(notes), foreseen);
      await parseMailbox('x.mbox', text).catch(foreseen);
      const { user, system } = process.cpuUsage(started);
      const took = (user + system) / 1000;
      if (took > LIMIT_MS)
        slow.push(`${place}: ${JSON.stringify(line.slice(0, 30))}…${line.at(-1)}: ${took} ms`);
    }
  expect(slow).toEqual([]);
}, 600_000);
