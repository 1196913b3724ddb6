// SPDX-License-Identifier: MIT
// Refreshes a series and is killed behind a step: DIR TREE STEP
import { loadSeries, recoverSeries, refreshSeries } from '../src/index.js';
import { killAtStep } from './kill.js';

const [dir = '', tree = '', step = ''] = process.argv.slice(2);
const onStep = killAtStep(Number(step));
await recoverSeries(dir, onStep);
await refreshSeries(await loadSeries(dir), tree, { now: 1_800_000_000, onStep });
