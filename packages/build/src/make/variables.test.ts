// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { makeEnvironment } from './variables.js';

it('lets nothing of our environment through that could change a build', () => {
  const leaks = { KBUILD_MODPOST_WARN: '1', HOSTCFLAGS: '-g', CPATH: '/x', CCACHE_DISABLE: '1', W: '2' };
  const made = makeEnvironment({ dir: '/ccache', base: '/state' }, { ...leaks, PATH: '/bin', LC_ALL: 'de' });
  // Undefined, so that it is removed: what is absent would be inherited.
  for (const name of Object.keys(leaks)) expect(made).toHaveProperty(name, undefined);
  expect(made).not.toHaveProperty('PATH');
  expect(made).toMatchObject({ LC_ALL: 'C', KBUILD_BUILD_USER: 'uio-msi', CCACHE_DIR: '/ccache' });
});
