// SPDX-License-Identifier: MIT
import { silent } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { installRunTools } from './tools.js';

const nobody = { yes: false, terminal: false, root: false, ask: async () => false };
const install = (optional: boolean) =>
  installRunTools({ caller: nobody, progress: silent }, [
    { name: 'sh', package: 'dash', purpose: 'a test' },
    { name: 'no-such-command', package: 'no-such-package', purpose: 'a test', optional },
  ]);

it('goes on without what is optional, and without nothing else', async () => {
  await expect(install(true)).resolves.toBeUndefined();
  await expect(install(false)).rejects.toMatchObject({ code: 'tools-missing' });
});
