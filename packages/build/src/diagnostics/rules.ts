// SPDX-License-Identifier: MIT

/**
 * How tools say what is wrong while a kernel is built, one line each. The groups `file`, `line`,
 * `severity`, `kind` and `message` become a finding's; `severity` and `kind` stand in where a
 * pattern has no such group.
 */
export interface DiagnosticRule {
  readonly tool: string;
  readonly pattern: RegExp;
  readonly severity?: 'error' | 'warning';
  readonly kind?: string;
}

/** Tried in order; the first that matches a line says what it is. */
export const DIAGNOSTIC_RULES: readonly DiagnosticRule[] = [
  {
    // clang and gcc alike; the name of a promoted warning is `-Werror=unused-variable`.
    tool: 'cc',
    pattern:
      /^(?<file>[^\s:]+):(?<line>\d+):(?:\d+:)? (?:fatal )?(?<severity>error|warning): (?<message>.*?)(?: \[(?<kind>-W[^\]]+)\])?$/,
    kind: 'error',
  },
  {
    tool: 'modpost',
    pattern: /^(?<severity>ERROR|WARNING): modpost: (?<message>.*?(?<file>[\w/.-]+\.k?o)\b.*)$/,
    kind: 'modpost',
  },
  { tool: 'modpost', pattern: /^(?<severity>ERROR|WARNING): modpost: (?<message>.*)$/, kind: 'modpost' },
  {
    tool: 'kconfig',
    pattern: /^(?<file>[^\s:]*Kconfig[^\s:]*):(?<line>\d+):\s*(?<severity>error|warning): (?<message>.*)$/,
    kind: 'kconfig',
  },
  {
    // `drivers/uio/Kconfig:12: syntax error`, `drivers/uio/Kconfig:9:error: recursive dependency detected!`
    tool: 'kconfig',
    pattern: /^(?<file>[^\s:]*Kconfig[^\s:]*):(?<line>\d+): ?(?<message>.*)$/,
    severity: 'error',
    kind: 'kconfig',
  },
  {
    tool: 'make',
    pattern: /^(?<file>[^\s:]+):(?<line>\d+): \*\*\* (?<message>.*?)(?: {2}Stop\.)?$/,
    severity: 'error',
    kind: 'makefile',
  },
  {
    tool: 'make',
    pattern:
      /^make(?:\[\d+\])?: \*\*\* (?<message>No rule to make target '(?<file>[^']+)'.*?)(?: {2}Stop\.)?$/,
    severity: 'error',
    kind: 'no-rule',
  },
  {
    tool: 'ld',
    pattern: /^(?:\S*ld(?:\.\w+)?: )?(?<file>[^\s:]+):\S*: (?<message>undefined reference to .*)$/,
    severity: 'error',
    kind: 'undefined-reference',
  },
];
