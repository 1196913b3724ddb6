// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { loadSeries } from '@uio-msi/series';
import type { Bench } from './bench.js';
import { median, timed } from './clock.js';
import { type Measured, measured } from './measured.js';

const RUNS = 5;
const MAILS = 1000;

/** Beyond what Node.js itself takes for the command, whatever the mailbox has. */
const MOST_MIB = 400;

const MARK = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';

/** Revisions of a real series, each in reply to the one before, and answers to its patches. */
const mailboxOf = (patches: readonly { subject: string; body: string }[]): string => {
  const mails: string[] = [];
  const add = (id: string, parent: string | null, subject: string, body: string): void => {
    const threading = parent === null ? '' : `In-Reply-To: <${parent}>\nReferences: <${parent}>\n`;
    const date = new Date(1_790_000_000_000 + mails.length * 1000).toUTCString();
    mails.push(
      `${MARK}From: A Developer <a@kernel.org>\nSubject: ${subject}\nDate: ${date}\nMessage-ID: <${id}>\n${threading}\n${body}\n\n`,
    );
  };
  for (let revision = 1; mails.length < MAILS; revision += 1) {
    const tag = (at: number) => `[PATCH v${revision} ${at}/${patches.length}]`;
    add(`v${revision}-0@x`, revision === 1 ? null : 'v1-0@x', `${tag(0)} a series`, 'Why.');
    for (const [at, { subject, body }] of patches.entries()) {
      const id = `v${revision}-${at + 1}@x`;
      add(id, `v${revision}-0@x`, `${tag(at + 1)} ${subject}`, body.replace(/^(?=>*From )/gm, '>'));
      add(`re-${id}`, id, `Re: ${tag(at + 1)} ${subject}`, `> quoted\n\nReviewed-by: R <r@kernel.org>`);
    }
  }
  return mails.slice(0, MAILS).join('');
};

/** A thousand mails become a series. */
export const importBench: Bench = {
  name: 'import',
  title: `importing a mailbox of ${MAILS} mails`,
  run: async ({ root, state, say }) => {
    const series = await loadSeries(join(root, 'patches/uio_msi'));
    const folder = await mkdtemp(join(tmpdir(), 'uio-msi-bench-'));
    try {
      const file = join(folder, 'thread.mbox');
      const patches = series.patches.map(({ subject, text }) => ({
        subject,
        body: text.slice(text.indexOf('\n\n') + 2),
      }));
      await writeFile(file, mailboxOf(patches));
      const args = ['series', 'import', file, '--name', 'bench', '--dry-run', '--state', state];
      const found: Measured[] = [];
      for (let at = 0; at <= RUNS; at += 1) found.push(await measured(join(root, 'uio-msi'), args));
      const [, ...warm] = found;
      const seconds = median(warm.map((one) => one.seconds));
      const mib = Math.max(...warm.map((one) => one.mib));
      say('git mailsplit, and git mailinfo of each mail');
      const plain = await timed(1, () => splitByGit(folder, file));
      say(`${Math.round(mib)} MiB at most, start-up of the command included`);
      return [
        {
          what: `\`series import\` of ${MAILS} mails, ${Math.round(mib)} MiB`,
          seconds,
          runs: RUNS,
          plain: { what: '`git mailsplit` + `git mailinfo`', seconds: plain },
          goal: `at most 3 s, and ${MOST_MIB} MiB`,
          kept: seconds <= 3 && mib <= MOST_MIB,
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const splitByGit = async (folder: string, file: string): Promise<void> => {
  const out = join(folder, 'split');
  await mkdir(out);
  await run('git', ['mailsplit', '--mboxrd', `-o${out}`, file]);
  for (const name of await readdir(out))
    await run('git', ['mailinfo', join(folder, 'message'), join(folder, 'patch')], {
      input: await readFile(join(out, name), 'utf8'),
    });
};
