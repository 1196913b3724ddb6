// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import type { RequestListener } from 'node:http';

/** Serves the repositories below a folder as kernel.org does: git's own CGI program, git-http-backend(1). */
export const gitServer =
  (root: string): RequestListener =>
  (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const { headers } = request;
    const backend = spawn('git', ['http-backend'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: `${headers['git-protocol'] ?? ''}`,
        PATH_INFO: pathname,
        QUERY_STRING: `${searchParams}`,
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: headers['content-type'],
        HTTP_CONTENT_ENCODING: headers['content-encoding'],
      },
    });
    request.pipe(backend.stdin.on('error', () => {}));
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk) => chunks.push(chunk));
    backend.on('close', () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf('\r\n\r\n');
      for (const row of `${answer.subarray(0, end)}`.split('\r\n')) {
        const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(row) ?? [];
        if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.end(answer.subarray(end + 4));
    });
  };
