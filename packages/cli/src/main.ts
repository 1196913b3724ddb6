// SPDX-License-Identifier: MIT
import { runCommandLine } from './command/program.js';
import { explainError } from './output/errors.js';

// A reader that has seen enough (| head) is no error, and does not change how the run ends.
const ignoreGoneReader = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
};
process.stdout.on('error', ignoreGoneReader);
process.stderr.on('error', ignoreGoneReader);

// What nobody awaited ends us as what somebody did. Rejections come here too.
process.on('uncaughtException', async (error) => {
  const { explainRefusal } = await import('@uio-msi/host');
  const { text, exitCode } = explainError(explainRefusal(error, process.cwd()), false);
  process.stderr.write(text);
  process.exit(exitCode);
});

// Where something is awaited that nobody is left to end, Node.js stops without a word.
let ended = false;
process.on('exit', (code) => {
  if (ended || code !== 0) return;
  process.stderr.write('error: the command came to a stop in the middle of its work, which is a bug\n');
  process.stderr.write('  next: run it again: it goes on from here\n');
  process.exit(70);
});

process.exitCode = await runCommandLine(process.argv.slice(2));
ended = true;
