#!/usr/bin/env node
// SPDX-License-Identifier: MIT
import { isMainThread } from 'node:worker_threads';

/*
 * One program, three roles: the command line, the executor's thread, and the second processes of
 * cases. Each loads only what it needs, because a slow machine counts every module.
 */
const args = process.argv.slice(2);

if (!isMainThread) {
  const { serveJobs } = await import('./run/executor-thread.js');
  serveJobs();
} else if (args[0] === 'actor') {
  const { runActor } = await import('./actors/table.js');
  runActor(args.slice(1));
} else {
  const { runCommandLine } = await import('./cli/program.js');
  process.exitCode = await runCommandLine(args);
}
