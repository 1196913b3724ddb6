// SPDX-License-Identifier: MIT
// Installs a tool that is missing as a command of ours does; exits with the error's code.
import { installMissing, withInterrupt } from '@uio-msi/host';
import { ForeseenError } from '@uio-msi/model';

const MISSING = { name: 'no-such-command', package: 'no-such-package', purpose: 'a test' };
const caller = { yes: true, terminal: false, root: true, ask: async () => false };

try {
  await withInterrupt((signal) => installMissing([MISSING], { caller, progress: () => {}, signal }));
} catch (error) {
  process.exitCode = error instanceof ForeseenError ? error.exitCode : 1;
}
