// SPDX-License-Identifier: MIT
import { type FileHandle, open } from 'node:fs/promises';
import { EnvironmentError } from '@uio-msi/model';

/** Where output is appended. */
export interface Log {
  /** For a command that writes into it by itself. */
  readonly fd: number;
  write(piece: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Why a log at `path` could not be written, for its reader. */
export const logNotWritable = (path: string, error: unknown): EnvironmentError =>
  new EnvironmentError({
    code: 'log-not-writable',
    message: `cannot write the log ${path}`,
    why: (error as Error).message,
    next: 'free some space there, or name another folder with --state DIR or UIO_MSI_STATE',
  });

/**
 * Opens a log. Writing throws as opening does.
 *
 * @throws {EnvironmentError} `log-not-writable`
 */
export const openLog = async (path: string): Promise<Log> => {
  const explain = (error: unknown): never => {
    throw logNotWritable(path, error);
  };
  const file: FileHandle = await open(path, 'a').catch(explain);
  return {
    fd: file.fd,
    write: (piece) => file.writeFile(piece).catch(explain),
    close: () => file.close(),
  };
};
