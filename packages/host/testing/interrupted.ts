// SPDX-License-Identifier: MIT
// Runs a child until it is interrupted, as a command of ours does; exits with the error's code.
import { run, withInterrupt } from '@uio-msi/host';
import { ForeseenError } from '@uio-msi/model';

try {
  await withInterrupt((signal) =>
    run('sh', ['-c', process.argv[2] ?? ''], { signal, onLine: (pid) => console.log(pid) }),
  );
} catch (error) {
  process.exitCode = error instanceof ForeseenError ? error.exitCode : 1;
}
