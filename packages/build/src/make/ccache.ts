// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';

/** Whether ccache is installed. A build without it is slower and gives the same. */
export const hasCcache = async (): Promise<boolean> => {
  try {
    return (await run('ccache', ['--version'])).exitCode === 0;
  } catch (error) {
    if (error instanceof EnvironmentError) return false;
    throw error;
  }
};
