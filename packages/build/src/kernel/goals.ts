// SPDX-License-Identifier: MIT
import { EnvironmentError } from '@uio-msi/model';
import type { BuildContext } from '../context.js';
import { parseSaid } from '../diagnostics/said.js';
import { configure } from '../kconfig/configure.js';
import { type MakeResult, make } from '../make/make.js';
import { marked } from './half-written.js';
import type { BuildRequest } from './request.js';
import { listen } from './spoken.js';

/**
 * Calls make for other goals than a kernel, in the build folder of one: what is compiled on the
 * way is compiled as the kernel's build would.
 *
 * @param variables make's, beside those of every build: `C=2`
 * @throws {EnvironmentError} when the machine is at fault; `not-configured` when Kconfig does not take the tree
 */
export const makeGoals = (
  request: BuildRequest,
  goals: readonly string[],
  variables: readonly string[],
  ctx: BuildContext,
): Promise<MakeResult> =>
  marked(request.buildDir, async () => {
    const configuration = await configure(request, request.fragments, request.touched, ctx);
    if (!configuration.ok)
      throw new EnvironmentError({
        code: 'not-configured',
        message: 'the kernel could not be configured',
        why: configuration.findings.find(({ severity }) => severity === 'error')?.message,
        next: 'build it first: ./uio-msi build',
      });
    const complete = await listen(request, request.touched);
    const made = await make(request, [...variables, ...goals], ctx);
    await complete(parseSaid(made.lines, request.toolchain.family, request));
    return made;
  });
