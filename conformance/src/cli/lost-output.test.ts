// SPDX-License-Identifier: MIT
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { watchOutput } from './lost-output.js';

const failing = (code: string, ownListener = false) => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const late: number[] = [];
  const exitCode = watchOutput(out, err, (status) => late.push(status));
  if (ownListener) out.on('error', () => undefined);
  for (let time = 0; time < 2; time++) out.emit('error', Object.assign(new Error('write'), { code }));
  return { code: exitCode(1), late, said: String(err.read() ?? '') };
};

it('says once that the output went nowhere, and ends as the environment has it', () => {
  expect(failing('ENOSPC')).toEqual({
    code: 3,
    late: [3],
    said: 'uio-msi-conformance: Cannot write to standard output: ENOSPC\n',
  });
});

it('leaves it to a command that listens itself, and a reader that has seen enough alone', () => {
  for (const outcome of [failing('ENOSPC', true), failing('EPIPE')])
    expect(outcome).toEqual({ code: 1, late: [], said: '' });
});
