// SPDX-License-Identifier: MIT
import type { Splat } from '@uio-msi/model';
import { SPLAT_RULES, type SplatRule } from './rules.js';

// Longer than any trace: the rest of a splat that never ends is not part of it.
const MAX_LINES = 200;

// `[    3.141592] `, with the caller where CONFIG_PRINTK_CALLER is set: `[    3.1][  T52] `.
const STAMP = /^(?:<\d>)?\[ *\d+\.\d+\](?:\[ *[TC]\d+\])? ?/;

// Around what WARN() and BUG() say: kernel/panic.c, lib/bug.c.
const CUT = /^-+\[ cut here \]-+$/;
const END_TRACE = /^---\[ end trace /;

// What the lines of a report begin with besides white space: arch/x86/kernel/dumpstack.c,
// arch/x86/mm/fault.c, lib/dump_stack.c, kernel/hung_task.c, kernel/sched/core.c, kernel/rcu/tree_stall.h.
const TRACE_LINE =
  /^(?:\s|#PF|PGD|Oops|RIP|RSP|R[A-DS][XIP]|R\d\d|FS|CS|CR\d|DR\d|PKRU|Code|Call Trace|CPU|Tainted|Hardware name|Workqueue|Modules linked in|Last unloaded|Kernel Offset|stack backtrace|handlers|\[<|rcu: |task:|Sending NMI|NMI backtrace|in_atomic|preempt_count|RCU nest|INFO: lockdep|Preemption disabled|"echo 0 >)/;

const strip = (line: string): string => line.replace(/\r$/, '').replace(STAMP, '');

const ruleOf = (line: string): SplatRule | undefined => SPLAT_RULES.find(({ first }) => first.test(line));

/** How many of the lines, from the first on, are up to the one that matches; 0 when none does. */
const upTo = (lines: readonly string[], last: RegExp): number =>
  lines.findIndex((line) => last.test(line)) + 1;

/** How many lines a splat has that begins with the first and is of this kind. */
const lengthOf = (lines: readonly string[], rule: SplatRule): number => {
  const marked = rule.last ? upTo(lines, rule.last) : 0;
  if (marked > 0) return marked;
  const ends = (line: string) => !TRACE_LINE.test(line) || (!rule.last && ruleOf(line) !== undefined);
  const beyond = lines.findIndex((line, index) => index > 0 && ends(line));
  return beyond < 0 ? lines.length : beyond;
};

/** The splat between scissors and the end of its trace: of what it says, the most specific names it. */
const cutOut = (lines: readonly string[]): Splat | null => {
  const said = lines.filter((line) => ruleOf(line));
  const title = SPLAT_RULES.map(({ first }) => said.find((line) => first.test(line))).find(Boolean);
  if (title === undefined) return null;
  return { kind: ruleOf(title)?.kind ?? '', title, text: lines.join('\n') };
};

/** The splat that begins with the first of the lines. */
const splatAt = (lines: readonly string[]): Splat | null => {
  const [title = '', ...rest] = lines;
  if (CUT.test(title)) {
    const next = rest.findIndex((line) => CUT.test(line));
    const inside = next < 0 ? rest : rest.slice(0, next);
    return cutOut(inside.slice(0, upTo(inside, END_TRACE) || inside.length));
  }
  const rule = ruleOf(title);
  return rule ? { kind: rule.kind, title, text: lines.slice(0, lengthOf(lines, rule)).join('\n') } : null;
};

/**
 * Finds what means trouble in a console's text: each splat with its kind, the line that names
 * it and the whole of it to the end of its trace, in order. Time stamps are left out.
 */
export const scanConsole = (text: string): Splat[] => {
  const lines = text.split('\n').map(strip);
  const splats: Splat[] = [];
  for (let at = 0; at < lines.length; at++) {
    const splat = splatAt(lines.slice(at, at + MAX_LINES));
    if (splat === null) continue;
    splats.push(splat);
    at += splat.text.split('\n').length - (CUT.test(lines[at] ?? '') ? 0 : 1);
  }
  return splats;
};
