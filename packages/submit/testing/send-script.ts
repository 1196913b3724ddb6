// SPDX-License-Identifier: MIT
// Sends, or goes on with, the series in a folder, and is killed on the way: DIR PORT WHAT NTH
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSeries } from '@uio-msi/series';
import { resumePosting, sendRevision } from '../src/send/send.js';
import { killBefore } from './kill-before.js';
import { composed, contextFor, passed } from './posting.js';

const [dir = '', port = '', what = 'send', nth = '0'] = process.argv.slice(2);
const folder = join(dir, 'project/patches/x');
const context = await contextFor(dir, Number(port));
const revision = what === 'send' ? await composed(folder) : null;
const series = await loadSeries(folder);
killBefore(Number(nth));
if (revision)
  await sendRevision(revision, { reflect: false, record: passed(revision), tried: '7.2' }, context);
else {
  // The person looks into the archive, and says what is there.
  const arrived = ({ messageId }: { messageId: string }) =>
    readFileSync(join(dir, 'archive'), 'utf8').includes(`<${messageId}>`);
  const ask = async (mail: { messageId: string }) => (arrived(mail) ? 'arrived' : 'lost');
  await resumePosting(series, { ...context, ask }).catch((error) => {
    if (error.code !== 'nothing-to-resume') throw error;
  });
}
