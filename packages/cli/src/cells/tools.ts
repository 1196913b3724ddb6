// SPDX-License-Identifier: MIT
import { installMissing, missingPackages, type SetupContext, TOOLS, type Tool } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';

/** What the commands need whatever they are to do. */
export const RUN_TOOLS: readonly Tool[] = TOOLS.filter(({ testsOnly }) => !testsOnly);

/**
 * Installs what the commands need; tests need more. What they can do without is no reason to stop
 * when nobody agrees to have it.
 */
export const installRunTools = async (
  ctx: SetupContext,
  tools: readonly Tool[] = RUN_TOOLS,
): Promise<void> => {
  try {
    await installMissing(tools, ctx);
  } catch (error) {
    if (!(error instanceof EnvironmentError) || error.code !== 'tools-missing') throw error;
    if ((await missingPackages(tools.filter(({ optional }) => !optional))).length > 0) throw error;
  }
};
