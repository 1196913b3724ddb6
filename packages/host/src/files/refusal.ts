// SPDX-License-Identifier: MIT
import { EnvironmentError } from '@uio-msi/model';

// What a file system refuses, and whether it says so of reading as well: errno(3).
const FULL = ['ENOSPC', 'EDQUOT'];
const READ_ONLY = ['EROFS'];
const FORBIDDEN = ['EACCES', 'EPERM'];

/**
 * A file system's refusal to write, as the error of the environment that it is: `disk-full` or
 * `state-not-writable`. Anything else is given back as it came.
 *
 * @param dir the folder that is ours to write: a refusal elsewhere may be one to read
 */
export const explainRefusal = (error: unknown, dir: string): unknown => {
  if (!(error instanceof Error)) return error;
  const { code = '', path, message } = error as NodeJS.ErrnoException;
  if (FULL.includes(code))
    return new EnvironmentError({
      code: 'disk-full',
      message: path ? `no space is left to write ${path}` : 'no space is left on the disk',
      why: message,
      next: 'free some space, or name a folder on another disk with --state DIR or UIO_MSI_STATE',
    });
  const ours = path === dir || path?.startsWith(`${dir}/`);
  if (READ_ONLY.includes(code) || (ours && FORBIDDEN.includes(code)))
    return new EnvironmentError({
      code: 'state-not-writable',
      message: `${path ?? dir} cannot be written`,
      why: message,
      next: 'name a writable folder with --state DIR or UIO_MSI_STATE',
    });
  return error;
};
