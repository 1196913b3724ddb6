// SPDX-License-Identifier: MIT
import type { Fragment } from '@uio-msi/build';
import { patienceOf } from '@uio-msi/machine';
import { optionsAmong } from './options.js';

/** What the guests of a configuration ask for. */
export interface Demands {
  /** MiB. */
  readonly memory: number;
  /** How many times longer everything may take there than in a kernel that does not watch itself. */
  readonly patience: number;
}

const PLAIN: Demands = { memory: 1024, patience: 1 };

// Of options that slow a kernel down or take memory, the most demanding one counts. As measured
// under emulation, with room to spare.
const DEMANDS: Readonly<Record<string, Demands>> = {
  CONFIG_KASAN: { memory: 2048, patience: 6 },
  CONFIG_KCSAN: { memory: 1024, patience: 6 },
  CONFIG_PROVE_LOCKING: { memory: 1024, patience: 3 },
};

/** What a configuration of these fragments demands of its guests on an architecture. Pure. */
export const demandsOf = (fragments: readonly Pick<Fragment, 'text'>[], arch = 'x86_64'): Demands => {
  const options = optionsAmong(Object.keys(DEMANDS), fragments);
  const all = Object.entries(DEMANDS).flatMap(([option, demands]) =>
    options.get(option) === 'y' ? [demands] : [],
  );
  return {
    memory: Math.max(PLAIN.memory, ...all.map(({ memory }) => memory)),
    patience: patienceOf(arch) * Math.max(PLAIN.patience, ...all.map(({ patience }) => patience)),
  };
};
