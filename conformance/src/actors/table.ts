// SPDX-License-Identifier: MIT
import { UserError } from '../errors.js';
import { work } from '../stress/worker.js';
import { arm } from './arm.js';
import { read } from './read.js';
import { replace } from './replace.js';
import { touch } from './touch.js';
import { unprivileged } from './unprivileged.js';
import { withoutRawIo } from './without-rawio.js';

/** The roles a second process can play: `uio-msi-conformance actor ROLE …`. Not for people. */
const ACTORS: Readonly<Record<string, (args: readonly string[]) => void>> = {
  arm: ([node = '', vectors = '0']) => arm(node, Number(vectors)),
  read: () => read(),
  replace: () => replace(),
  stress: ([setup = '']) => work(setup),
  touch: ([length = '', offset = '']) => touch(Number(length), Number(offset)),
  unprivileged: ([node = '']) => unprivileged(node),
  'without-rawio': ([node = '']) => withoutRawIo(node),
};

export const runActor = ([role = '', ...args]: readonly string[]): void => {
  const actor = ACTORS[role];
  if (actor === undefined)
    throw new UserError(`There is no actor '${role}'. Known are ${Object.keys(ACTORS).join(', ')}`);
  actor(args);
};
