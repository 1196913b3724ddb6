// SPDX-License-Identifier: MIT
import { Worker } from 'node:worker_threads';
import type { ExecutorSetup } from '../run/protocol.js';

/** Starts this very program again as a thread, which then serves as the executor. */
export const startThread = (setup: ExecutorSetup): Worker =>
  new Worker(process.argv[1] ?? '', { workerData: setup });
