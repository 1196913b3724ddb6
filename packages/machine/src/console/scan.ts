// SPDX-License-Identifier: MIT
import type { Splat } from '@uio-msi/model';
import { SPLAT_RULES, type SplatRule } from './rules.js';

// Longer than any trace: the rest of a splat that never ends is not part of it.
const MAX_LINES = 200;

// `[    3.141592] `, with the caller where CONFIG_PRINTK_CALLER is set: `[    3.1][  T52] `.
const STAMP = /^(?:<\d>)?\[ *\d+\.\d+\](?:\[ *[TC]\d+\])? ?/;

// What the lines of registers and traces begin with (arch/x86/kernel/dumpstack.c, lib/dump_stack.c).
const TRACE_LINE =
  /^(?: |#PF|PGD|PMD|Oops|RIP|RSP|RAX|RBP|RDX|R\d\d|FS:|CS:|CR\d|DR\d|PKRU|Code:|Call Trace|<|CPU:|Tainted|Hardware name|Workqueue|Modules linked in|Last unloaded|stack backtrace|handlers:|\[<|------------\[ cut here|---\[ end trace|rcu: |task:|Sending NMI|NMI backtrace)/;

const strip = (line: string): string => line.replace(/\r$/, '').replace(STAMP, '');

const ruleOf = (line: string): SplatRule | undefined => SPLAT_RULES.find(({ first }) => first.test(line));

/** How many lines from `start` belong to the splat that begins there. */
const lengthOf = (lines: readonly string[], start: number, rule: SplatRule): number => {
  const window = lines.slice(start + 1, start + MAX_LINES);
  const { last } = rule;
  const marked = last ? window.findIndex((line) => last.test(line)) : -1;
  if (marked >= 0) return marked + 2;
  const beyond = window.findIndex((line) => !TRACE_LINE.test(line));
  return (beyond < 0 ? window.length : beyond) + 1;
};

/**
 * Finds what means trouble in a console's text: each splat with its kind, its first line and
 * the whole of it to the end of its trace, in order. Time stamps are left out, so that two runs
 * can be compared.
 */
export const scanConsole = (text: string): Splat[] => {
  const lines = text.split('\n').map(strip);
  const splats: Splat[] = [];
  for (let at = 0; at < lines.length; at++) {
    const title = lines[at] ?? '';
    const rule = ruleOf(title);
    if (rule === undefined) continue;
    const length = lengthOf(lines, at, rule);
    splats.push({ kind: rule.kind, title, text: lines.slice(at, at + length).join('\n') });
    at += length - 1;
  }
  return splats;
};
