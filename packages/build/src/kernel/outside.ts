// SPDX-License-Identifier: MIT
import type { BuildContext } from '../context.js';
import { type MakeResult, make } from '../make/make.js';
import type { Target } from '../make/variables.js';

/**
 * Builds modules that are no part of a kernel's tree against a kernel that was built, which is read
 * alone (Documentation/kbuild/modules.rst).
 *
 * @param dir the folder of the modules' sources; a Kbuild file in it says what they are
 */
export const buildOutside = (
  target: Target,
  dir: string,
  goals: readonly string[],
  ctx: BuildContext,
): Promise<MakeResult> => make(target, [`M=${dir}`, ...goals], ctx, goals.length);
