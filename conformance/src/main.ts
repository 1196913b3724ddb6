#!/usr/bin/env node
// SPDX-License-Identifier: MIT
import { isMainThread } from 'node:worker_threads';

/*
 * One program, four roles: the command line, the executor's thread, the second processes of cases,
 * and the guard that gives devices back when the others were killed. Each loads only what it needs,
 * because a slow machine counts every module.
 */
const args = process.argv.slice(2);

if (!isMainThread) {
  const { serveJobs } = await import('./run/executor-thread.js');
  serveJobs();
} else if (args[0] === 'actor') {
  const { runActor } = await import('./actors/table.js');
  runActor(args.slice(1));
} else if (args[0] === 'guard') {
  const { runGuard } = await import('./journal/guard.js');
  process.exitCode = await runGuard();
} else {
  const { watchOutput } = await import('./cli/lost-output.js');
  const exitCode = watchOutput(process.stdout, process.stderr, (code) => {
    process.exitCode = code;
  });
  const { runCommandLine } = await import('./cli/program.js');
  process.exitCode = exitCode(await runCommandLine(args));
}
