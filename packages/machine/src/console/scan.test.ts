// SPDX-License-Identifier: MIT
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scanConsole } from './scan.js';

// Consoles of a 7.2.6 guest in which a module did each of these on purpose.
const fixture = (name: string): string =>
  readFileSync(new URL(`./fixtures/7.2-${name}.log`, import.meta.url), 'utf8');

const PANIC = ['panic', 'Kernel panic - not syncing: Fatal exception'];

describe('scanConsole on a complaint that the kernel has about itself', () => {
  const report = fixture('pciehp');

  it.each([
    ['the driver is on one of its stacks', report.replace('pciehp_ist+', 'uio_msi_remove+')],
    [
      'another lock is taken',
      report.replace('(&ctrl->reset_lock){.+.+}-{4:4}, at', '(&idev->lock){+.+.}, at'),
    ],
  ])('tells it when %s', (_, text) => {
    expect(scanConsole(text).map(({ kind }) => kind)).toEqual(['lockdep']);
  });
});

describe('scanConsole on a race that the kernel has with itself', () => {
  it('tells it when the driver is on its stack', () => {
    const text = fixture('kcsan-counts').replace('vfs_read+', 'uio_read+');
    expect(scanConsole(text).map(({ kind }) => kind)).toEqual(['kcsan']);
  });
});

describe('scanConsole on real consoles', () => {
  it.each<[string, ...string[][]]>([
    ['boot'],
    ['pciehp'],
    ['kcsan-counts'],
    ['oops', ['oops', 'BUG: kernel NULL pointer dereference, address: 0000000000000008'], PANIC],
    ['gp', ['oops', 'Oops: general protection fault, probably for non-canonical address'], PANIC],
    ['bug', ['bug', 'kernel BUG at splat.c:21!'], PANIC],
    ['panic', ['panic', 'Kernel panic - not syncing: on request']],
    ['warn', ['warning', 'WARNING: splat.c:16 at splat_init'], ['warning', 'WARNING: splat.c:16']],
    ['free-irq', ['irq', 'Trying to free already-free IRQ 5'], ['irq', 'Trying to free']],
    [
      'irq-flags',
      ['irq', 'genirq: Flags mismatch irq 9. 00200000 (splat) vs. 00002080 (acpi)'],
      ['irq', 'genirq'],
    ],
    ['proc', ['proc-leak', 'remove_proc_entry: removing non-empty'], ['proc-leak', 'remove_proc_entry']],
    [
      'atomic',
      ['atomic-sleep', 'BUG: scheduling while atomic: insmod/48/0x00000002'],
      ['warning', 'WARNING: init/main.c:1360'],
      ['atomic-sleep', 'BUG: scheduling while atomic'],
      ['warning', 'WARNING: init/main.c:1360'],
    ],
    [
      'hung',
      ['hung-task', 'INFO: task insmod:43 blocked for more than 20 seconds.'],
      ['hung-task', 'INFO: task insmod:43 blocked for more than 20 seconds.'],
      ['hung-task', 'INFO: task insmod:43 blocked for more than 40 seconds.'],
    ],
    [
      'lockup',
      ['rcu-stall', 'rcu: INFO: rcu_sched self-detected stall on CPU'],
      ['soft-lockup', 'watchdog: BUG: soft lockup - CPU#0 stuck for 48s! [insmod:42]'],
      ['soft-lockup', 'watchdog: BUG: soft lockup - CPU#0 stuck for 74s! [insmod:42]'],
      ['rcu-stall', 'rcu: INFO: rcu_sched self-detected stall on CPU'],
    ],
  ])('%s', (name, ...expected) => {
    const found = scanConsole(fixture(name));
    expect(found.map(({ kind }) => kind)).toEqual(expected.map(([kind]) => kind));
    for (const [index, { title }] of found.entries()) expect(title).toContain(expected[index]?.[1]);
  });

  it('takes the whole of a splat, from what it says to the end of its trace', () => {
    const [warning] = scanConsole(fixture('warn'));
    const lines = warning?.text.split('\n') ?? [];
    expect(lines[0]).toBe('a warning with text');
    expect(lines).toContain('Call Trace:');
    expect(lines.at(-1)).toBe('---[ end trace 0000000000000000 ]---');
    expect(scanConsole(fixture('hung'))[0]?.text).toMatch(/^INFO: task.*splat_init.* <\/TASK>$/s);
  });

  it('finds the first splat of a console that stops in the middle of it', () => {
    for (const name of readdirSync(new URL('./fixtures', import.meta.url))) {
      const whole = fixture(name.replace(/^7\.2-|\.log$/g, ''));
      const first = scanConsole(whole)[0];
      if (first === undefined) continue;
      const lines = whole.split('\n');
      const at = lines.findIndex((line) => line.endsWith(first.title));
      const cut = scanConsole(lines.slice(0, at + 5).join('\n'));
      expect(cut.map(({ title }) => title)).toEqual([first.title]);
    }
  });
});

describe('scanConsole', () => {
  const LOCKDEP = [
    '======================================================',
    'WARNING: possible circular locking dependency detected',
    '7.2.6 #1 Not tainted',
    'insmod/52 is trying to acquire lock:',
    'but task is already holding lock:',
    '',
    'the existing dependency chain (in reverse order) is:',
    'stack backtrace:',
    'Call Trace:',
    ' <TASK>',
    ' dump_stack_lvl+0x53/0x70',
    ' </TASK>',
  ];
  const KASAN = [
    '==================================================================',
    'BUG: KASAN: slab-use-after-free in uio_msi_handler+0x12/0x40 [uio_msi]',
    'Write of size 8 at addr ff11000001234560 by task node/52',
    '',
    'Allocated by task 52:',
    '==================================================================',
  ];

  it.each([
    ['kasan', KASAN, 5],
    ['lockdep', LOCKDEP, 11],
  ])('takes a report of %s that has more in it than a trace', (kind, lines, length) => {
    const [splat, ...others] = scanConsole([...lines, 'init: all is well'].join('\n'));
    expect(splat?.kind).toBe(kind);
    expect(splat?.text.split('\n')).toEqual(lines.slice(-length));
    expect(others).toEqual([]);
  });

  it('knows lines with a caller, with carriage returns and without a time', () => {
    const title = 'BUG: KASAN: null-ptr-deref in f+0x1';
    for (const line of [`[   12.5][  T52] ${title}\r`, `[   12.5] ${title}`, `<4>[   12.5] ${title}`, title])
      expect(scanConsole(`${line}\n`)).toMatchObject([{ kind: 'kasan', title }]);
  });

  it('knows an interrupt that is nobody’s', () => {
    const title = 'unexpected IRQ trap at vector 2d';
    expect(scanConsole(`[    1.5] ${title}\n`)).toMatchObject([{ kind: 'irq', title }]);
  });

  it.each(['No irq handler for 0.34', '__common_interrupt: 0.34 No irq handler for vector'])(
    'takes %s for late, once where a vector is disarmed between raises',
    (title) => {
      const mark = (id: string) => `[    1.0] uio-msi-conformance: ${id} on 0000:00:04.0\n`;
      const late = `[    1.5] ${title}\n`;
      const storm = mark('stress.set-and-raise');
      expect(scanConsole(`${storm}${late}${mark('irq.order')}${storm}${late}`)).toEqual([]);
      // Kernels that say `for vector` may have lost it until it is given anew.
      const again = scanConsole(`${storm}${late}${late}`);
      expect(again).toMatchObject(title.endsWith('vector') ? [] : [{ kind: 'irq', title }]);
      expect(scanConsole(`${storm}${mark('irq.order')}${late}`)).toHaveLength(1);
      expect(scanConsole(late)).toHaveLength(1);
      expect(scanConsole(`${storm}[    1.5] ${title} 7 of something\n`)).toHaveLength(1);
    },
  );

  it('is not alarmed by words in the middle of a line', () => {
    expect(scanConsole('# case: no BUG: here\nok 1 WARNING: is a word\n[ 1.0] uio: Oops, no\n')).toEqual([]);
  });

  it('ends a splat that never ends', () => {
    const [splat] = scanConsole(`WARNING: x\n${' trace\n'.repeat(5000)}`);
    expect(splat?.text.split('\n').length).toBe(200);
  });

  it('knows what a panic is even behind a thousand warnings, and says how many are left out', () => {
    const warnings = Array.from({ length: 1000 }, (_, index) => `WARNING: number ${index}\n`);
    const splats = scanConsole(`${warnings.join('')}Kernel panic - not syncing: enough\n trace\n`);
    expect(splats).toHaveLength(51);
    expect(splats[49]?.title).toBe('WARNING: number 49');
    expect(splats[50]).toEqual({
      kind: 'panic',
      title: 'Kernel panic - not syncing: enough (and 950 more before it)',
      text: 'Kernel panic - not syncing: enough\n trace',
    });
  });

  it('leaves none out where one more than the first fits', () => {
    const splats = scanConsole('WARNING: x\n'.repeat(51));
    expect(splats.map(({ title }) => title)).toEqual(Array(51).fill('WARNING: x'));
  });

  it('takes a line for what it says in its first 1024 characters', () => {
    const [splat] = scanConsole(`WARNING: ${'x'.repeat(100_000)}\nall is well\n`);
    expect(splat?.text).toHaveLength(1024);
    expect(scanConsole(`INFO: task ${' blocked '.repeat(100_000)}`)).toEqual([]);
  });
});

describe('the work of scanConsole', () => {
  afterEach(() => void vi.restoreAllMocks());

  // Every look at a single line is a test() of a pattern; passing over a text is one search.
  const looks = (text: string): number => {
    const test = vi.spyOn(RegExp.prototype, 'test');
    scanConsole(text);
    const { length } = test.mock.calls;
    vi.restoreAllMocks();
    return length;
  };

  it.each(['\n', '\r\n', 'ok\n', '[    1.5] uio: fine\n', '------------[ cut here ]------------\n'])(
    'is none for lines in which there is no trouble: %j',
    (line) => {
      expect(looks(line.repeat(100_000))).toBe(0);
    },
  );

  it.each([
    'WARNING: x\n',
    'BUG: KASAN: x\n',
    '------------[ cut here ]------------\nWARNING: x\n',
    'WARNING: x\n trace\n',
  ])('is no more for a hundred times as much trouble: %j', (lines) => {
    expect(looks(lines.repeat(100_000))).toBe(looks(lines.repeat(1000)));
  });
});
