// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Series } from '@uio-msi/series';
import { describe, expect, it } from 'vitest';
import type { World } from '../world/world.js';
import { runStages } from './check.js';
import { describeFor, describeSeries } from './describe.js';
import { requireLines } from './left-out.js';

const series: Series = {
  name: 'example',
  revision: 'v1',
  changeId: 'example-1',
  subject: 'an example',
  prefix: 'PATCH',
  base: '7.2',
  baseCommit: null,
  prerequisites: [],
  to: [],
  cc: [],
  patches: [],
  variants: [],
  config: [],
  modules: [],
  selftests: [],
  matrix: {
    kernels: ['7.2', '6.1'],
    tiers: { check: [{}], nightly: [], weekly: [] },
    exclude: [
      { configs: ['rt'], before: '6.12', why: 'came with 6.12' },
      { from: '6.2', before: '6.6', why: 'not ported' },
    ],
  },
  dir: '/nowhere/example',
};
const kernels = (...versions: string[]) =>
  versions.map((version) => ({ line: version.split('.').slice(0, 2).join('.'), version, sources: [] }));

describe('requireLines', () => {
  it.each([[null], [['build']], [['apply', 'base']]] as const)('refuses to build it: %j', (stages) => {
    const choice = { series, kernels: kernels('7.2.6', '6.4.16') };
    expect(() => requireLines(choice, stages)).toThrow(
      expect.objectContaining({
        code: 'line-left-out',
        exitCode: 2,
        message: 'example leaves linux 6.4.16 out',
        why: 'not ported',
        next: expect.stringContaining('series apply --series example --kernels 6.4.16'),
      }),
    );
  });

  it('takes all others, and applies to any', () => {
    requireLines({ series, kernels: kernels('7.2.6', '6.6.100', '6.1.187') }, null);
    requireLines({ series, kernels: kernels('6.4.16') }, ['apply']);
    requireLines({ series, kernels: kernels('6.4.16') }, ['source', 'apply']);
  });
});

// This checkout, with a kernel that its series leaves out in the catalogue.
it('is refused before anything is installed or stored, as far as it is to be built', async () => {
  const checkout = resolve(import.meta.dirname, '../../../..');
  const root = await mkdtemp(join(tmpdir(), 'left-out-'));
  try {
    await mkdir(join(root, 'linux-tree'));
    await symlink(join(checkout, 'patches'), join(root, 'patches'));
    await symlink(join(checkout, 'linux-tree/configs'), join(root, 'linux-tree/configs'));
    const source = '{ kind: git, url: "https://no-such-host.invalid/linux.git", tag: v6.4.16 }';
    const kernel = `  - line: "6.4"\n    version: "6.4.16"\n    sources: [${source}]\n`;
    await writeFile(join(root, 'linux-tree/kernels.yaml'), `kernels:\n${kernel}`);
    const openState = () => Promise.reject(new Error('the state was opened'));
    const world = { root, openState } as unknown as World;
    const options = { series: 'uio_msi', kernels: ['6.4'], config: ['minimal'] };
    await expect(runStages(options, null, world)).rejects.toMatchObject({ code: 'line-left-out' });
    await expect(runStages(options, ['apply'], world)).rejects.toThrow('the state was opened');
  } finally {
    await rm(root, { recursive: true });
  }
});

describe('series show', () => {
  it('says that a line is left out, why, and ends like a failure', () => {
    expect(describeFor(series, '6.4', '/')).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('example v1 on 6.4\nLEFT OUT: not ported\n'),
      json: { leftOut: 'not ported', tried: false },
    });
  });

  it('says that nothing tries a line, and nothing of one that is tried', () => {
    expect(describeFor(series, '6.6', '/')).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('not in the matrix, which has 7.2, 6.1: nothing tries it here'),
      json: { leftOut: null, tried: false },
    });
    const { text, exitCode, json } = describeFor(series, '6.1', '/');
    expect({ text, exitCode, json }).toMatchObject({
      text: 'example v1 on 6.1\n',
      exitCode: 0,
      json: { tried: true },
    });
  });

  it('has the lines that are left out among the rest', () => {
    expect(describeSeries(series).text).toMatch(/ {2}left out from 6\.2 on, before 6\.6\n {6}not ported$/);
    expect(describeSeries(series).text).not.toContain('came with');
  });
});
