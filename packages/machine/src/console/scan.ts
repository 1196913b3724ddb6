// SPDX-License-Identifier: MIT
import type { Splat } from '@uio-msi/model';
import { isKnown } from './known.js';
import { SPLAT_RULES, type SplatRule } from './rules.js';
import { linesBefore, linesFrom, plainText } from './text.js';

// Longer than any trace: the rest of a splat that never ends is not part of it.
const MAX_LINES = 200;

// What WARN() says before the line that names it is a line or two.
const MAX_LEAD = 20;

// A person reads the first; a guest may write for as long as it may run.
const MAX_SPLATS = 50;

// Around what WARN() and BUG() say: kernel/panic.c, lib/bug.c.
const CUT = /^-+\[ cut here \]-+$/;
const END_TRACE = /^---\[ end trace /;

// What the lines of a report begin with besides white space: arch/x86/kernel/dumpstack.c,
// arch/x86/mm/fault.c, lib/dump_stack.c, kernel/hung_task.c, kernel/sched/core.c, kernel/rcu/tree_stall.h.
const TRACE_LINE =
  /^(?:\s|#PF|PGD|Oops|RIP|RSP|R[A-DS][XIP]|R\d\d|FS|CS|CR\d|DR\d|PKRU|Code|Call Trace|CPU|Tainted|Hardware name|Workqueue|Modules linked in|Last unloaded|Kernel Offset|stack backtrace|handlers|\[<|rcu: |task:|Sending NMI|NMI backtrace|in_atomic|preempt_count|RCU nest|INFO: lockdep|Preemption disabled|"echo 0 >)/;

// All first lines in one pattern, so that a quiet console is passed over at the pace of a search.
const FIRST_LINES = `^(?:${SPLAT_RULES.map(({ first }) => first.source).join('|')})`;

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

/** A splat that no scissors enclose. */
const bareSplat = (lines: readonly string[]): Splat => {
  const title = lines[0] ?? '';
  const rule = ruleOf(title) as SplatRule; // it was found by its rule
  return { kind: rule.kind, title, text: lines.slice(0, lengthOf(lines, rule)).join('\n') };
};

/** The splat between scissors and the end of its trace: of what it says, the most specific names it. */
const cutOut = (lines: readonly string[]): Splat => {
  const next = lines.findIndex((line) => CUT.test(line));
  const open = next < 0 ? lines : lines.slice(0, next);
  const inside = open.slice(0, upTo(open, END_TRACE) || open.length);
  const says = ({ first }: SplatRule) => inside.find((line) => first.test(line));
  const rule = SPLAT_RULES.find(says) as SplatRule; // at least the one it was found by
  return { kind: rule.kind, title: says(rule) ?? '', text: inside.join('\n') };
};

/** The offset behind the scissors that enclose a line; null when none are near, or they were closed. */
const cutBefore = (text: string, from: number, offset: number): number | null => {
  const lines = linesBefore(text, from, offset, MAX_LEAD);
  const mark = lines.findLastIndex((line) => CUT.test(line) || END_TRACE.test(line));
  if (!CUT.test(lines[mark] ?? '')) return null;
  return lines.slice(mark + 1).reduce((begin, line) => begin - line.length - 1, offset);
};

interface Found {
  readonly splat: Splat;
  /** The offset behind it. */
  readonly end: number;
}

/** The splat that has its first line at the offset, and nothing from before `from`. */
const splatAt = (text: string, from: number, offset: number): Found => {
  const cut = cutBefore(text, from, offset);
  const lines = linesFrom(text, cut ?? offset, MAX_LINES);
  const splat = cut === null ? bareSplat(lines) : cutOut(lines);
  return { splat, end: (cut ?? offset) + splat.text.length };
};

/** The last splat of a text, its title telling how many others there are from an offset on. */
const lastOf = (text: string, from: number, finder: RegExp): Splat[] => {
  let last = -1;
  let others = -1;
  for (let found = finder.exec(text); found; found = finder.exec(text)) {
    last = found.index;
    others++;
  }
  if (last < 0) return [];
  const { splat } = splatAt(text, from, last);
  return [others > 0 ? { ...splat, title: `${splat.title} (and ${others} more before it)` } : splat];
};

/**
 * Finds what means trouble in a console's text: each splat with its kind, the line that names
 * it and the whole of it to the end of its trace, in order. Time stamps are left out, and what is known. Of more
 * than 51 they are the first 50 and the last, which tells of a panic.
 */
export const scanConsole = (console: string): Splat[] => {
  const text = plainText(console);
  const finder = new RegExp(FIRST_LINES, 'gm');
  const splats: Splat[] = [];
  while (splats.length < MAX_SPLATS) {
    const from = finder.lastIndex;
    const found = finder.exec(text);
    if (found === null) return splats;
    const { splat, end } = splatAt(text, from, found.index);
    if (!isKnown(splat, text.slice(0, found.index))) splats.push(splat);
    finder.lastIndex = end;
  }
  return [...splats, ...lastOf(text, finder.lastIndex, finder)];
};
