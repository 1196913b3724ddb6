// SPDX-License-Identifier: MIT
import { EnvironmentError, ForeseenError, Interrupted } from '@uio-msi/model';

/** A download that did not come to its end. */
export const downloadFailed = (url: string, why: string): EnvironmentError =>
  new EnvironmentError({ code: 'download-failed', message: `cannot download ${url}`, why });

/** What `fetch` and its streams throw, as an error of ours: it hides the reason in `cause`. */
export const explainFetch = (url: string, error: unknown, signal: AbortSignal | undefined): ForeseenError => {
  if (error instanceof ForeseenError) return error;
  if (signal?.aborted) return new Interrupted(String(signal.reason));
  const { message, cause } = error as Error;
  return downloadFailed(url, cause instanceof Error && cause.message ? cause.message : message);
};
