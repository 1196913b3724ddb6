// SPDX-License-Identifier: MIT
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { personAt } from './person.js';

const asked = (typed: string, signal = new AbortController().signal): Promise<string> => {
  const input = new PassThrough();
  const person = personAt(
    { caller: { terminal: true }, signal } as unknown as Parameters<typeof personAt>[0],
    { input, output: new PassThrough() },
  );
  const answer = person.ask('Send? ');
  input.write(typed);
  return answer;
};

it('gives the line that was typed', async () => {
  expect(await asked('send x v1\r')).toBe('send x v1');
});

it('takes the end of the input for an empty answer', async () => {
  expect(await asked('\u0004')).toBe('');
});

it.each(['\u0003', 'send x\u0003'])('is interrupted by Ctrl-C', async (typed) => {
  await expect(asked(typed)).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
});

it('is interrupted with the command', async () => {
  const stop = new AbortController();
  const answer = asked('', stop.signal);
  stop.abort('SIGTERM');
  await expect(answer).rejects.toMatchObject({ exitCode: 130, message: 'interrupted by SIGTERM' });
});
