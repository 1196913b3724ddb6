// SPDX-License-Identifier: MIT
import { EnvironmentError } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { writeAtomic } from './atomic.js';
import { explainRefusal } from './refusal.js';

const refused = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: no`), { code, ...(path && { path }) });

it.each([
  ['ENOSPC', undefined, 'disk-full'],
  ['EDQUOT', '/elsewhere/x', 'disk-full'],
  ['EROFS', '/state/x', 'state-not-writable'],
  ['EACCES', '/state/x', 'state-not-writable'],
  ['EPERM', '/state', 'state-not-writable'],
])('%s of %s is %s', (code, path, expected) => {
  const error = explainRefusal(refused(code, path), '/state');
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error).toMatchObject({ code: expected, why: `${code}: no`, next: expect.any(String) });
});

it.each([
  refused('EACCES', '/state-of-others/x'),
  refused('ENOENT', '/state/x'),
  new TypeError('a bug'),
  'text',
])('leaves %s as it is', (error) => {
  expect(explainRefusal(error, '/state')).toBe(error);
});

it('is what writing a file says, also to root', async () => {
  await expect(writeAtomic('/sys/uio-msi', '')).rejects.toMatchObject({ code: 'state-not-writable' });
});
