// SPDX-License-Identifier: MIT
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

// Debian's. Only the first is installed for the tests; a desktop may have the others.
const COMMANDS = ['chromium-headless-shell', 'chromium', 'google-chrome'];

const isThere = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Starts the machine's Chromium. The pages run no script of ours or of others, and root has no sandbox.
 *
 * @throws {Error} when there is none: what nobody looked at has not passed
 */
export const startChromium = async (): Promise<Browser> => {
  const dirs = (process.env['PATH'] ?? '').split(delimiter);
  const executablePath = COMMANDS.flatMap((name) => dirs.map((dir) => join(dir, name))).find(isThere);
  if (!executablePath)
    throw new Error(
      'there is no Chromium to look at reports with: ./uio-msi setup --yes, or apt-get install chromium-headless-shell',
    );
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
};
