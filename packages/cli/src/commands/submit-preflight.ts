// SPDX-License-Identifier: MIT
import { type Command, defineCommand, type OptionSpec } from '../command/spec.js';
import type { RevisionOptions } from '../submit/revision.js';
import { REVISION_OPTIONS } from './submit-options.js';

interface PreflightOptions extends RevisionOptions {
  readonly waive?: readonly string[];
}

// commander gives what the option was before: it may be given more than once.
const WAIVE: OptionSpec = {
  flags: '--waive <rule=reason>',
  summary: 'go without a rule, or with rule:place=reason without it in one place; the reason is recorded',
  parse: (text: string, before: readonly string[] = []) => [...before, text],
};

/** `submit preflight`: what keeps a series from being posted. */
export const preflightCommand: Command = defineCommand<PreflightOptions>({
  name: 'preflight',
  summary: 'judge the series as it would be mailed by every rule of posting; exit 1 when it must not be sent',
  options: [...REVISION_OPTIONS, WAIVE],
  examples: [
    ['submit preflight', 'each rule: what is wrong, why, and what to do'],
    [
      "submit preflight --waive 'recipients:bpf@vger.kernel.org=the text only mentions AF_XDP'",
      'leave one list out, with a reason for the record',
    ],
  ],
  async run({ waive = [], ...options }, world) {
    const { parseWaiver } = await import('@uio-msi/submit');
    const waivers = waive.map((text) => parseWaiver(text));
    const { runPreflight } = await import('../submit/preflight.js');
    return runPreflight({ ...options, waivers }, world);
  },
});
