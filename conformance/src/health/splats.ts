// SPDX-License-Identifier: MIT

/** What the kernel prints when something is wrong with it. */
export interface SplatPattern {
  readonly kind: string;
  readonly pattern: RegExp;
}

/**
 * What the reader of the log puts where the kernel overwrote records before they were read. Nobody
 * knows what they said, and a kernel that complains without end is the first to overwrite some.
 */
export const LOG_LOST = 'uio-msi-conformance: the kernel overwrote records of its log';

/**
 * The kernel's complaints, each with the place in its source that prints it. Order matters only
 * for the name a splat gets: the first match wins.
 */
export const SPLATS: readonly SplatPattern[] = [
  { kind: 'kasan', pattern: /BUG: KASAN: / }, // mm/kasan/report.c
  { kind: 'kcsan', pattern: /BUG: KCSAN: / }, // kernel/kcsan/report.c
  { kind: 'kmsan', pattern: /BUG: KMSAN: / }, // mm/kmsan/report.c
  { kind: 'kfence', pattern: /BUG: KFENCE: / }, // mm/kfence/report.c
  { kind: 'ubsan', pattern: /UBSAN: / }, // lib/ubsan.c
  { kind: 'page-fault', pattern: /BUG: (unable to handle|kernel NULL pointer)/ }, // arch/x86/mm/fault.c
  { kind: 'page-fault', pattern: /Unable to handle kernel / }, // arch/arm64/mm/fault.c
  { kind: 'oops', pattern: /\bOops\b/ }, // arch/*/kernel
  { kind: 'gpf', pattern: /general protection fault/ }, // arch/x86/kernel/traps.c
  { kind: 'panic', pattern: /Kernel panic - not syncing/ }, // kernel/panic.c
  { kind: 'kernel-bug', pattern: /kernel BUG at / }, // lib/bug.c
  { kind: 'atomic-sleep', pattern: /BUG: (sleeping function called|scheduling while atomic)/ }, // kernel/sched/core.c
  { kind: 'lockup', pattern: /(soft lockup|hard LOCKUP|rcu.*(detected|self-detected) stall)/ }, // kernel/watchdog.c
  { kind: 'hung-task', pattern: /task .* blocked for more than \d+ seconds/ }, // kernel/hung_task.c
  {
    kind: 'lockdep',
    pattern:
      /(possible (circular|recursive) locking|INFO: inconsistent lock state|possible irq lock inversion|suspicious RCU usage|bad unlock balance|held lock freed|lock held when returning to user space)/i,
  }, // kernel/locking/lockdep.c
  { kind: 'list', pattern: /list_(add|del) corruption/ }, // lib/list_debug.c
  { kind: 'refcount', pattern: /refcount_t: / }, // lib/refcount.c
  { kind: 'debug-objects', pattern: /ODEBUG: / }, // lib/debugobjects.c
  { kind: 'kmemleak', pattern: /kmemleak: \d+ new suspected memory leaks/ }, // mm/kmemleak.c
  // "BUG kmalloc-64 (Not tainted): Right Redzone overwritten": the reasons are many, the form is one.
  { kind: 'slab', pattern: /BUG \S+ \([^)]*ainted[^)]*\): / }, // mm/slub.c: slab_bug()
  { kind: 'free-irq', pattern: /Trying to free already-free IRQ/ }, // kernel/irq/manage.c
  { kind: 'irq-leak', pattern: /remove_proc_entry: removing non-empty directory/ }, // fs/proc/generic.c
  { kind: 'irq-nobody', pattern: /irq \d+: nobody cared/ }, // kernel/irq/spurious.c
  { kind: 'irq-no-handler', pattern: /No irq handler for/ }, // arch/x86/kernel/irq.c
  { kind: 'irq-unexpected', pattern: /unexpected IRQ trap at vector/ }, // arch/x86/kernel/irq.c: ack_bad_irq()
  { kind: 'irq-flags', pattern: /Flags mismatch irq/ }, // kernel/irq/manage.c
  { kind: 'resource', pattern: /Trying to free nonexistent resource/ }, // kernel/resource.c
  { kind: 'kobject', pattern: /kobject.*(tried to init an initialized|does not have a release)/ }, // lib/kobject.c
  { kind: 'sysfs', pattern: /sysfs: cannot create duplicate filename/ }, // fs/sysfs/dir.c
  { kind: 'vfree', pattern: /Trying to vfree\(\) (bad address|nonexistent)/ }, // mm/vmalloc.c
  { kind: 'warning', pattern: /WARNING: / }, // kernel/panic.c
  { kind: 'bug', pattern: /\bBUG: / },
  // Capitals differ: arch/x86/kernel/dumpstack.c, arch/arm64/kernel/stacktrace.c.
  { kind: 'call-trace', pattern: /Call trace:/i },
  { kind: 'kernel log lost', pattern: new RegExp(`^${LOG_LOST}`) },
];

/** A complaint found in the kernel's log. */
export interface Splat {
  readonly kind: string;
  readonly line: string;
}

/** Finds the complaints in lines of the kernel's log, in order. Pure. */
export const findSplats = (lines: readonly string[]): Splat[] =>
  lines.flatMap((line) => {
    const found = SPLATS.find(({ pattern }) => pattern.test(line));
    return found === undefined ? [] : [{ kind: found.kind, line }];
  });
