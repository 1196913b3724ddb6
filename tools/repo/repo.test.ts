// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { layerProblems } from './layers.js';
import { completeLock, lockProblems } from './lock.js';
import { licenceProblems } from './spdx.js';

describe('layers', () => {
  it('allow arrows down', () => {
    expect(
      layerProblems([{ name: '@uio-msi/pipeline', dependencies: { '@uio-msi/host': '1', execa: '9' } }]),
    ).toEqual([]);
  });

  it('refuse arrows up, in devDependencies too, and packages without a row', () => {
    expect(
      layerProblems([
        { name: '@uio-msi/model', dependencies: { '@uio-msi/host': '1' } },
        { name: '@uio-msi/report', devDependencies: { '@uio-msi/pipeline': '1' } },
        { name: '@uio-msi/utils' },
      ]),
    ).toEqual([
      '@uio-msi/model must not depend on @uio-msi/host',
      '@uio-msi/report must not depend on @uio-msi/pipeline',
      '@uio-msi/utils has no row in tools/repo/layers.ts',
    ]);
  });
});

describe('lock file', () => {
  const optionalDependencies = {
    '@x/bin-linux-x64': '1.0.0',
    '@x/bin-linux-x64-musl': '1.0.0',
    '@x/bin-win32-arm64-msvc': '1.0.0',
  };
  const lock = {
    packages: {
      '': {},
      'node_modules/x': { version: '1.0.0', dev: true, optionalDependencies },
      'node_modules/x/node_modules/@x/bin-linux-x64': { version: '1.0.0' },
    },
  };

  it('gets the entries that npm left out, with their platforms', () => {
    const { packages } = completeLock(lock);
    expect(packages['node_modules/@x/bin-win32-arm64-msvc']).toEqual({
      version: '1.0.0',
      cpu: ['arm64'],
      dev: true,
      optional: true,
      os: ['win32'],
    });
    expect(packages['node_modules/@x/bin-linux-x64-musl']).toMatchObject({
      libc: ['musl'],
      os: ['linux'],
      cpu: ['x64'],
    });
    expect(Object.keys(packages)).toHaveLength(5); // bin-linux-x64 was there, inside x
    expect(lockProblems({ packages })).toEqual([]);
  });

  it('is refused when incomplete or tied to a registry', () => {
    const problems = lockProblems({
      packages: { ...lock.packages, 'node_modules/y': { resolved: 'https://registry.example/y.tgz' } },
    });
    expect(problems).toHaveLength(3);
    expect(problems.at(-1)).toContain('node_modules/y');
  });
});

describe('licences', () => {
  const mit = '// SPDX-License-Identifier: MIT\n';
  const gpl = '# SPDX-License-Identifier: GPL-2.0-only\n';

  it('are named at the top of every source', () => {
    const files = new Map([
      ['packages/a/src/a.ts', mit],
      ['uio-msi', `#!/bin/sh\n${mit}`],
      ['linux-tree/configs/a.config', gpl],
      ['README.md', ''],
      ['packages/a/fixtures/a.c', ''],
    ]);
    expect(licenceProblems(files)).toEqual([]);
  });

  it('are not forgotten and not mixed up', () => {
    const files = new Map([
      ['packages/a/src/a.ts', ''],
      ['packages/a/src/b.ts', gpl],
      ['linux-tree/configs/a.config', mit],
    ]);
    expect(licenceProblems(files)).toHaveLength(3);
  });
});
