// SPDX-License-Identifier: MIT
import { createReadStream } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findToolchain } from '@uio-msi/build';
import { fileDigest, openState, type State } from '@uio-msi/host';
import type { Kernel } from '@uio-msi/kernels';
import { type StageName, silent } from '@uio-msi/model';
import { loadSeries } from '@uio-msi/series';
import {
  FAKE_KERNEL,
  FAKE_SERIES,
  writeFakeKernelTarball,
} from '../../build/test/fake-kernel/fake-kernel.js';
import { type Config, type Matrix, plan } from '../src/plan/plan.js';
import type { RunRequest } from '../src/run/run.js';

/** Where a test works. */
export interface Place {
  readonly state: State;
  /** A copy of the series, to be edited. */
  readonly series: string;
}

/** A kernel tree small enough to be built in a test, as a tarball on a server on loopback. */
export interface ServedKernel {
  readonly kernel: Kernel;
  readonly place: () => Promise<Place>;
  readonly end: () => Promise<void>;
}

export const serveFakeKernel = async (): Promise<ServedKernel> => {
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-pipeline-'));
  const tarball = join(folder, 'linux.tar.xz');
  writeFakeKernelTarball(tarball);
  const server = createServer((_, response) => createReadStream(tarball).pipe(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/linux-${FAKE_KERNEL.version}.tar.xz`;
  return {
    kernel: { ...FAKE_KERNEL, sources: [{ kind: 'tarball', url, sha256: await fileDigest(tarball) }] },
    place: async () => {
      const own = await mkdtemp(join(folder, 'test-'));
      const series = join(own, 'series');
      await cp(FAKE_SERIES, series, { recursive: true });
      return { state: await openState(join(own, 'state')), series };
    },
    end: async () => {
      server.close();
      await rm(folder, { recursive: true });
    },
  };
};

/** The configuration that its driver needs. */
export const MINIMAL: Config = {
  name: 'minimal',
  fragments: [{ name: 'minimal.config', text: 'CONFIG_SMP=y\n' }],
};

/** What a test asks for beside the usual. */
export interface Changes {
  readonly kernels?: readonly Kernel[];
  readonly config?: Config;
  readonly prefixes?: Matrix['prefixes'];
  readonly prerequisites?: Matrix['prerequisites'];
  readonly stages?: readonly StageName[];
}

/** What is run of the series at a place. */
export const requestFor = async (
  { state, series, kernel }: Place & Pick<ServedKernel, 'kernel'>,
  changes: Changes = {},
): Promise<RunRequest> => ({
  state,
  cells: plan({
    series: await loadSeries(series),
    kernels: changes.kernels ?? [kernel],
    arches: ['x86_64'],
    toolchains: [await findToolchain(null)],
    configs: [changes.config ?? MINIMAL],
    prefixes: changes.prefixes,
    prerequisites: changes.prerequisites ?? [],
    machines: [],
  }),
  stages: changes.stages ?? ['apply', 'check', 'build'],
  command: 'test',
  suiteBundle: () => Promise.reject(new Error('there is no suite')),
  progress: silent,
  signal: new AbortController().signal,
});
