// SPDX-License-Identifier: MIT
import { quote } from '@uio-msi/host';

/**
 * What a person is told of the Node.js that runs us: of the launcher's own also how to have it,
 * and its npm, in a shell.
 *
 * @param path of the executable, links resolved
 */
export const describeNode = (version: string, path: string): string => {
  const [, folder] = /^(.*\/node_modules)\/node-linux-[^/]+\/bin\/node$/.exec(path) ?? [];
  return folder === undefined
    ? version
    : `${version}; for a shell of yours: export PATH=${quote(`${folder}/.bin`)}:$PATH`;
};
