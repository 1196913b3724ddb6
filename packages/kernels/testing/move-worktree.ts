// SPDX-License-Identifier: MIT
// Moves a worktree: move-worktree.ts STATE FOLDER TREE
import { openState } from '@uio-msi/host';
import { moveWorktree, openStore } from '@uio-msi/kernels';
import { silent } from '@uio-msi/model';

const [state = '', folder = '', tree = ''] = process.argv.slice(2);
const store = await openStore(await openState(state));
console.log('ready');
const started = performance.now();
await moveWorktree(store, folder, tree, { progress: silent });
console.log((performance.now() - started) / 1000);
