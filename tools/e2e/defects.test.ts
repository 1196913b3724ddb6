// SPDX-License-Identifier: MIT
import type { RunResult, StageName, StageResult } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { breakDriver, breakPatch } from './broken-series.js';
import { uioMsiJson } from './command.js';

const stageOf = ({ cells }: RunResult, name: StageName): StageResult | undefined =>
  cells[0]?.stages.find(({ stage }) => stage === name);

// What runs when an MSI-X message comes.
const HANDLER = 'uio_msi_handler';

// In one device: a driver that loses every interrupt has every case wait for each of its vectors.
const check = (series: string, stages: string) =>
  uioMsiJson('check', '--series', series, '--stages', stages, '--machines', 'small');

it('says which patch, file and hunk does not apply, and how the rest is', async () => {
  const patch = '0001-uio-add-an-ioctl-operation.patch';
  const series = await breakPatch(
    patch,
    // The line of context above the change: what git may not leave out of account.
    '\n \tint (*irqcontrol)(struct uio_info *info, s32 irq_on);',
    '\n \tint (*irqcontrol)(struct uio_info *info, u32 irq_on);',
  );
  const { json, exitCode, stdout } = await check(series, 'apply');
  const [first] = stageOf(json, 'apply')?.patches ?? [];
  expect(first).toMatchObject({ file: patch, status: 'conflict' });
  expect(first?.rejected[0]).toMatchObject({ file: 'include/linux/uio_driver.h' });
  expect(first?.rejected[0]?.hunk).toMatch(/^@@ /);
  expect(stdout).toContain('include/linux/uio_driver.h');
  expect(exitCode).toBe(1);
});

it('shows a compile error as a finding at its place', async () => {
  const { json, exitCode, stdout } = await check(
    await breakDriver({ within: HANDLER, from: 'return IRQ_HANDLED;', to: 'return IRQ_HANDLED_TWICE;' }),
    'build',
  );
  expect(stageOf(json, 'build')?.findings).toContainEqual(
    expect.objectContaining({
      tool: 'gcc',
      severity: 'error',
      file: 'drivers/uio/uio_msi.c',
      line: expect.any(Number),
    }),
  );
  expect(stdout.split('\n').length).toBeLessThan(40); // the finding, not a wall of log
  expect(exitCode).toBe(1);
});

it('catches a driver that loses interrupts, and names the case', async () => {
  const { json, exitCode, stdout } = await check(
    await breakDriver({ within: HANDLER, from: 'eventfd_signal(', to: '(void)(' }),
    'conform',
  );
  const failed = stageOf(json, 'conform')?.cases?.filter(({ verdict }) => verdict === 'FAIL') ?? [];
  expect(failed.length).toBeGreaterThan(0);
  expect(stdout).toContain(failed[0]?.id);
  expect(exitCode).toBe(1);
});

it('catches a driver that oopses, with the splat', async () => {
  const { json, exitCode } = await check(
    await breakDriver({ within: HANDLER, from: '*v = arg;', to: '*v = NULL;' }),
    'conform',
  );
  const conform = stageOf(json, 'conform');
  expect(conform?.verdict).toBe('FAIL');
  expect(conform?.splats?.[0]?.text).toContain(HANDLER);
  expect(exitCode).toBe(1);
});

it('ends a guest that hangs at a limit, and names the case', async () => {
  const { json, exitCode, stdout } = await check(
    // In raw mode alone, so that the kernel's selftests, which come first, get by.
    await breakDriver({
      from: 'pci_read_config_dword(pdev, pdev->msix_cap',
      to: 'for (;;) cond_resched(); pci_read_config_dword(pdev, pdev->msix_cap',
    }),
    'conform',
  );
  const conform = stageOf(json, 'conform');
  const failed = conform?.cases?.filter(({ verdict }) => verdict === 'FAIL') ?? [];
  expect(conform?.verdict).toBe('FAIL');
  expect(failed.length).toBeGreaterThan(0);
  expect(stdout).toContain(failed[0]?.id);
  expect(exitCode).toBe(1);
});

it('names the selftest that the kernel does not let go of, and where it is, within its time', async () => {
  const { json, exitCode } = await check(
    await breakDriver({
      from: 'eventfd_signal(v->trigger);\n\t\tbreak;',
      to: 'eventfd_signal(v->trigger); for (;;) schedule_timeout_uninterruptible(100);\n\t\tbreak;',
    }),
    'selftest',
  );
  const selftest = stageOf(json, 'selftest');
  const failed = selftest?.cases?.filter(({ verdict }) => verdict === 'FAIL') ?? [];
  // The first is given up by the harness of the selftests, whose next test waits for it.
  expect(failed[0]?.id).toMatch(/^uio_msi\.\w/);
  expect(failed.at(-1)?.message).toMatch(/does not let go of it: .*uio_msi/);
  expect(selftest?.seconds).toBeLessThan(120);
  expect(exitCode).toBe(1);
});
