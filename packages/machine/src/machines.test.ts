// SPDX-License-Identifier: MIT
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import { silent } from '@uio-msi/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeArm64 } from '../test/fake-arm64.js';
import { fakeKernel, NO_ROOT, NO_ROOT_TEXT, RESET } from '../test/fake-kernel.js';
import { findArch } from './arches.js';
import { startGuest } from './guest/start.js';
import { findMachine, STANDARD_MACHINES } from './machines.js';

describe.each([
  ['findArch', findArch, 'x86_64', 'x86_64, arm64'],
  ['findMachine', findMachine, 'mixed', 'small, msix, mixed'],
] as const)('%s', (_, find, known, all) => {
  it('finds what there is', () => {
    expect(find(known).name).toBe(known);
  });

  it.each(['vax', 'constructor', ''])('refuses %j and says what there is', (name) => {
    expect(() => find(name)).toThrow(expect.objectContaining({ exitCode: 2, next: `choose one of: ${all}` }));
  });
});

let state: State;
beforeAll(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'machines-test-')));
});
afterAll(() => rm(state.dir, { recursive: true }));

const KERNELS: Readonly<Record<string, Uint8Array>> = {
  x86_64: fakeKernel([...NO_ROOT, ...RESET]),
  arm64: fakeArm64(NO_ROOT_TEXT),
};

it.each(Object.keys(KERNELS).flatMap((arch) => ['small', 'msix', 'mixed'].map((name) => [arch, name])))(
  'for %s, %s is a machine that QEMU has all the devices of',
  async (of, name) => {
    const image = state.path(`kernel-${of}-${name}`);
    await writeFile(image, KERNELS[of] ?? '');
    const { accelerators, ...arch } = findArch(of);
    const spec = {
      // None of their programs runs: this machine's will do.
      arch: { ...arch, accelerators: [accelerators.at(-1) ?? accelerators[0]] as const, node: process.arch },
      image,
      machine: findMachine(name),
      modules: [],
      files: [],
      job: ['true'],
      limits: { ready: 50, total: 50, silence: 50 },
      consoleLog: state.path(`${of}-${name}.console`),
    };
    const guest = await startGuest(spec, { state, progress: silent });
    expect(await guest.done).toMatchObject({ end: 'panic' });
  },
  60_000,
);

it('boots standard machines that there are', () => {
  expect(STANDARD_MACHINES.map((name) => findMachine(name).name)).toEqual(STANDARD_MACHINES);
});
