// SPDX-License-Identifier: MIT
import { createJsonReporter } from '../report/json.js';
import { createKtapReporter } from '../report/ktap.js';
import { openForWriting } from '../report/open.js';
import { allOf, type Reporter } from '../report/reporter.js';
import { createStreamReporter } from '../report/stream.js';

/** Where results go besides standard output. */
export interface OutputOptions {
  readonly json?: string;
  readonly stream?: string;
}

/**
 * Opens every place where results go: before any device is touched.
 * @throws EnvironmentError when one cannot be written.
 */
export const openOutputs = ({ json, stream }: OutputOptions): Required<Reporter> =>
  allOf([
    createKtapReporter((text) => void process.stdout.write(text)),
    ...(json === undefined ? [] : [createJsonReporter(json)]),
    ...(stream === undefined ? [] : [createStreamReporter(openForWriting(stream), stream)]),
  ]);
