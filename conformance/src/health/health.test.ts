// SPDX-License-Identifier: MIT
import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { SysError } from '../sys/errno.js';
import { createLinuxSys } from '../sys/linux.js';
import { examine, type KernelState } from './examine.js';
import { parseInterrupts } from './interrupts.js';
import { openKernelLog } from './kernel-log.js';
import { setKnownAside } from './known.js';
import { findSplats } from './splats.js';
import { newTaints } from './taint.js';

describe('findSplats', () => {
  it.each([
    ['WARNING: CPU: 1 PID: 77 at kernel/irq/manage.c:1901 __free_irq+0x9f/0x2a0', 'warning'],
    ['Trying to free already-free IRQ 27', 'free-irq'],
    [
      "remove_proc_entry: removing non-empty directory 'irq/27', leaking at least 'uio_msi[0](0000:00:03.0)'",
      'irq-leak',
    ],
    ['BUG: kernel NULL pointer dereference, address: 0000000000000008', 'page-fault'],
    ['BUG: KASAN: slab-use-after-free in uio_ioctl+0x44/0x90', 'kasan'],
    ['BUG: sleeping function called from invalid context at mm/slab.h:413', 'atomic-sleep'],
    ['BUG: scheduling while atomic: node/61/0x00000002', 'atomic-sleep'],
    ['Oops: 0000 [#1] PREEMPT SMP', 'oops'],
    ['WARNING: possible circular locking dependency detected', 'lockdep'],
    ['INFO: task node:61 blocked for more than 20 seconds.', 'hung-task'],
    ['kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)', 'kmemleak'],
    ['list_del corruption. prev->next should be ffff888004', 'list'],
    ['Call Trace:', 'call-trace'],
    ['Call trace:', 'call-trace'],
    ['BUG kmalloc-64 (Tainted: G           O      ): Right Redzone overwritten', 'slab'],
    ['BUG kmalloc-64 (Not tainted): Poison overwritten', 'slab'],
    ['Unable to handle kernel NULL pointer dereference at virtual address 0000000000000008', 'page-fault'],
    ['Unable to handle kernel paging request at virtual address dead000000000122', 'page-fault'],
    ['__common_interrupt: 0.34 No irq handler for vector', 'irq-no-handler'],
    ['unexpected IRQ trap at vector 2d', 'irq-unexpected'],
    ['irq 24: nobody cared (try booting with the "irqpoll" option)', 'irq-nobody'],
  ])('%s', (line, kind) => {
    expect(findSplats(['all is well', line])).toEqual([{ kind, line }]);
  });

  it('lets everyday messages pass', () => {
    const lines = [
      'uio_msi 0000:00:04.0: resetting',
      'e1000e: debug',
      'Debugging enabled',
      'pci 0000:00:02.0: BAR 0 assigned',
    ];
    expect(findSplats(lines)).toEqual([]);
  });
});

describe('setKnownAside', () => {
  const report = [
    'WARNING: possible circular locking dependency detected',
    'ffff8880084712d8 (&ctrl->reset_lock){.+.+}-{4:4}, at: pciehp_unconfigure_device+0x1d2/0x2c0',
    'ffffffff82d71f20 (pci_rescan_remove_lock){+.+.}-{4:4}, at: pci_lock_rescan_remove+0x12/0x20',
    ' pciehp_ist+0x682/0x830',
    ' </TASK>',
  ];

  it('takes out what the kernel has to say about itself, however often', () => {
    const { lines, known } = setKnownAside(['before', ...report, 'between', ...report, 'after'], 'any.case');
    expect(lines).toEqual(['before', 'between', 'after']);
    expect(known).toHaveLength(2);
  });

  it.each(['irq_proc_emit_counts+0x7d/0x180', '__handle_irq_event_percpu / irq_proc_emit_counts'])(
    'takes out a race of counters, %s',
    (functions) => {
      const race = [`BUG: KCSAN: data-race in ${functions}`, ' irq_seq_show+0x3c1/0x3f0', '======'];
      expect(setKnownAside(['before', ...race, 'after'], 'any.case').lines).toEqual(['before', 'after']);
      const ours = race.toSpliced(1, 0, ' uio_msi_handler+0x1c/0x30');
      expect(setKnownAside(ours, 'any.case').lines).toEqual(ours);
    },
  );

  const sifted = (lines: readonly string[], id: string) => setKnownAside(lines, id);

  it('takes out one interrupt that came too late, where a vector is disarmed between raises', () => {
    const late = 'No irq handler for 0.34';
    const { lines, losing } = sifted(['before', late, 'after'], 'stress.set-and-raise');
    expect({ lines, losing }).toEqual({ lines: ['before', 'after'], losing: null });
    expect(sifted([late, 'before', late], 'stress.set-and-raise').lines).toEqual(['before', late]);
    expect(sifted([late], 'irq.order').lines).toEqual([late]);
    expect(sifted([`${late} 7 of something`], 'stress.set-and-raise').lines).toHaveLength(1);
  });

  it('takes out all that come to a vector which an old kernel lost there, and says that it did', () => {
    const lost = '__common_interrupt: 0.35 No irq handler for vector';
    const { lines, losing } = sifted([lost, 'between', lost], 'stress.set-and-raise');
    expect(lines).toEqual(['between']);
    expect(losing).toContain('x86 before 6.17');
    expect(sifted([lost], 'irq.order')).toMatchObject({ lines: [lost], losing: null });
  });

  it.each([
    ['has the driver on its stack', report.toSpliced(3, 1, ' uio_msi_remove+0x682/0x830')],
    ['is of other locks', report.toSpliced(1, 1)],
    ['has no end', report.slice(0, -1)],
  ])('leaves a report that %s', (_, lines) => {
    expect(setKnownAside(lines, 'any.case')).toEqual({ lines, known: [], losing: null });
  });
});

describe('openKernelLog', () => {
  const reading = (answers: readonly (string | number)[]) => {
    const left = [...answers];
    const read = (): Uint8Array => {
      const next = left.shift() ?? constants.errno.EAGAIN;
      if (typeof next === 'number') throw new SysError('read', next);
      return new TextEncoder().encode(next);
    };
    return openKernelLog({ ...createLinuxSys(), open: () => 3, seekEnd: () => undefined, read });
  };

  it('hands out the messages, without prefix and keys', () => {
    const log = reading(['6,1,5,-;hello\n SUBSYSTEM=pci\n', '4,2,6,-;a;b\n']);
    expect(log.take()).toEqual(['hello', 'a;b']);
    expect(log.take()).toEqual([]);
  });

  it('complains of records that were overwritten: they may have held the first splat', () => {
    const lines = reading([constants.errno.EPIPE, '6,9,5,-;late\n']).take();
    expect(lines).toHaveLength(2);
    expect(findSplats(lines)).toEqual([{ kind: 'kernel log lost', line: lines[0] }]);
  });
});

describe('newTaints', () => {
  it('tells accusing bits that were not there before', () => {
    expect(newTaints(0, 1 << 9)).toEqual(['warning (W)']);
    expect(newTaints(1 << 9, 1 << 9)).toEqual([]);
    expect(newTaints(0, (1 << 7) | (1 << 12))).toEqual(['oops or BUG (D)']);
  });
});

describe('parseInterrupts', () => {
  it('sums processors up and keeps chip and names', () => {
    const text = [
      '           CPU0       CPU1       ',
      ' 24:          3          4  PCI-MSIX-0000:00:03.0   0-edge      uio_msi[0](0000:00:03.0)',
      'NMI:          0          0   Non-maskable interrupts',
      '',
    ].join('\n');
    expect(parseInterrupts(text)).toEqual([
      { irq: '24', count: 7, text: 'PCI-MSIX-0000:00:03.0   0-edge      uio_msi[0](0000:00:03.0)' },
    ]);
  });
});

describe('examine', () => {
  const clean: KernelState = { taint: 0, useCount: 1, armed: [], messages: [] };

  it('has nothing to say of a kernel that is as it was', () => {
    expect(examine(clean, clean, ['uio_msi 0000:00:04.0: reset done'])).toEqual([]);
  });

  it('names the first splat and how much follows', () => {
    const log = ['fine', 'WARNING: CPU: 0 at x', 'Call Trace:'];
    expect(examine(clean, clean, log)).toEqual([
      'the kernel complained (warning): WARNING: CPU: 0 at x, and 1 more',
    ]);
  });

  it('names taints, handlers and use counts that stayed', () => {
    expect(
      examine(clean, { taint: 1 << 9, useCount: 2, armed: [0, 65], messages: ['24', '25'] }, []),
    ).toEqual([
      'the kernel became tainted: warning (W)',
      'everything is closed, but /proc/interrupts still has handlers for vectors 0 65',
      'everything is closed, but the device still has interrupts 24 25 for messages',
      "everything is closed, but the module's use count went from 1 to 2",
    ]);
  });
});
