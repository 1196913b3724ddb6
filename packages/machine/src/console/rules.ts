// SPDX-License-Identifier: MIT

/** How one kind of trouble looks on a console. */
export interface SplatRule {
  readonly kind: string;
  /** Its first line, without the time stamp. */
  readonly first: RegExp;
  /** Its last line, for kinds that mark it; the others end where their trace does. */
  readonly last?: RegExp;
}

const END_TRACE = /^---\[ end trace /;
const TRACE_END = /^ <\/TASK>/;
const RULER = /^={10,}$/;

/**
 * The kinds, most specific first: the first rule that matches a line names the splat. Patterns
 * are the kernel's own format strings; the file that has each is named beside it.
 */
export const SPLAT_RULES: readonly SplatRule[] = [
  // mm/kasan/report.c, mm/kfence/report.c, mm/kmsan/report.c, kernel/kcsan/report.c, lib/ubsan.c
  { kind: 'kasan', first: /^BUG: KASAN: /, last: RULER },
  { kind: 'kfence', first: /^BUG: KFENCE: /, last: RULER },
  { kind: 'kmsan', first: /^BUG: KMSAN: /, last: RULER },
  { kind: 'kcsan', first: /^BUG: KCSAN: /, last: RULER },
  { kind: 'ubsan', first: /^UBSAN: /, last: /^---\[ end trace |^={10,}$/ },
  // kernel/locking/lockdep.c, kernel/rcu/update.c
  {
    kind: 'lockdep',
    first:
      /^WARNING: (?:possible |inconsistent lock|bad (?:unlock|contention)|held lock|suspicious RCU|[Nn]ested lock|.*lock order|.*still has locks|lock held)/,
    last: TRACE_END,
  },
  {
    kind: 'lockdep',
    first: /^BUG: (?:looking up invalid subclass|MAX_LOCK|MAX_STACK_TRACE|key .* has not been registered)/,
  },
  { kind: 'lockdep', first: /^\[ BUG: / },
  // kernel/sched/core.c
  { kind: 'atomic-sleep', first: /^BUG: scheduling while atomic: / },
  { kind: 'atomic-sleep', first: /^BUG: sleeping function called from invalid context / },
  // kernel/watchdog.c, kernel/hung_task.c, kernel/rcu/tree_stall.h
  { kind: 'soft-lockup', first: /^watchdog: BUG: soft lockup / },
  { kind: 'hard-lockup', first: /^(?:watchdog: Watchdog|NMI watchdog: Watchdog) detected hard LOCKUP / },
  { kind: 'hung-task', first: /^INFO: task .{1,32} blocked .*for more than \d+ seconds/ },
  {
    kind: 'rcu-stall',
    first: /^rcu: INFO: .*detected (?:expedited )?stalls|^rcu: INFO: .*self-detected stall/,
  },
  // kernel/irq/manage.c, kernel/irq/spurious.c
  { kind: 'irq', first: /^Trying to free already-free IRQ / },
  { kind: 'irq', first: /^genirq: Flags mismatch irq / },
  { kind: 'irq', first: /^irq \d+: nobody cared/, last: /^Disabling IRQ #/ },
  // arch/x86/kernel/irq.c
  { kind: 'irq', first: /^unexpected IRQ trap at vector / },
  { kind: 'irq', first: /^(?:\w+: )?(?:\d+\.\d+ )?No irq handler for / },
  // fs/proc/generic.c: what an irq that was not freed leaves behind
  { kind: 'proc-leak', first: /^remove_proc_entry: removing non-empty directory / },
  { kind: 'proc-leak', first: /^proc_dir_entry '.*' already registered/ },
  // fs/sysfs/dir.c, lib/kobject.c, lib/refcount.c, lib/debugobjects.c
  { kind: 'sysfs', first: /^sysfs: cannot create duplicate filename / },
  { kind: 'refcount', first: /^refcount_t: / },
  { kind: 'debugobjects', first: /^ODEBUG: / },
  // mm/slub.c, mm/page_alloc.c, lib/list_debug.c, mm/kmemleak.c, lib/dma-debug
  { kind: 'slab', first: /^BUG [\w-]+ \((?:Not tainted|Tainted: .*)\): |^=+ BUG / },
  { kind: 'page', first: /^BUG: Bad (?:page|rss-counter|pagetable) / },
  { kind: 'list', first: /^list_(?:add|del) corruption/ },
  { kind: 'dma', first: /^DMA-API: .*(?:device driver|leak)/ },
  { kind: 'kmemleak', first: /^(?:kmemleak: \d+ new suspected memory leaks|unreferenced object 0x)/ },
  // lib/bug.c, arch/x86/mm/fault.c, arch/x86/kernel/dumpstack.c, arch/x86/kernel/traps.c
  { kind: 'bug', first: /^kernel BUG at /, last: END_TRACE },
  { kind: 'oops', first: /^BUG: (?:kernel NULL pointer|unable to handle|unable to locate)/, last: END_TRACE },
  {
    kind: 'oops',
    first:
      /^(?:general protection fault|Oops|int3|invalid opcode|divide error|stack segment|double fault)[:,]/,
    last: END_TRACE,
  },
  // kernel/panic.c
  { kind: 'panic', first: /^Kernel panic - not syncing: /, last: /^---\[ end Kernel panic / },
  { kind: 'warning', first: /^WARNING: / },
  { kind: 'bug', first: /^BUG: / },
];
