// SPDX-License-Identifier: MIT
import { EnvironmentError } from '@uio-msi/model';

/** The error for a tool that ended, or said something, as nobody expected. */
export const unexpected = (tool: string, why: string | undefined): EnvironmentError =>
  new EnvironmentError({
    code: 'inspection-failed',
    message: `${tool} did not do its work`,
    why: why?.trim() || 'it said nothing of why',
    next: 'see the log of the stage; ./uio-msi doctor says which version is installed',
  });
