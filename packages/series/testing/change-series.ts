// SPDX-License-Identifier: MIT
// Changes files of a series and is killed behind a step: DIR CHANGES STEP
import { changeSeries } from '../src/index.js';
import { killAtStep } from './kill.js';

const [dir = '', changes = '{}', step = ''] = process.argv.slice(2);
await changeSeries(dir, new Map(Object.entries(JSON.parse(changes))), killAtStep(Number(step)));
