// SPDX-License-Identifier: MIT
// Sends, or goes on with, the series in a folder, and is killed on the way: DIR PORT.
import { join } from 'node:path';
import { sendRevision } from '../src/send/send.js';
import { composed, contextFor, passed } from './posting.js';

const [dir = '', port = ''] = process.argv.slice(2);
const revision = await composed(join(dir, 'project/patches/x'));
await sendRevision(
  revision,
  { reflect: false, record: passed(revision), tried: '7.2' },
  await contextFor(dir, Number(port)),
);
