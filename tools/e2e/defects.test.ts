// SPDX-License-Identifier: MIT
import type { RunResult, StageName, StageResult } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { breakSeries, DRIVER_PATCH } from './broken-series.js';
import { uioMsiJson } from './command.js';

const stageOf = ({ cells }: RunResult, name: StageName): StageResult | undefined =>
  cells[0]?.stages.find(({ stage }) => stage === name);

const checkBroken = async (patch: string, from: string, to: string, stages: string) =>
  uioMsiJson('check', '--series', await breakSeries(patch, from, to), '--stages', stages);

it('says which patch, file and hunk does not apply, and how the rest is', async () => {
  const patch = '0001-uio-add-an-ioctl-operation.patch';
  const { json, exitCode, stdout } = await checkBroken(
    patch,
    // The line of context above the change: what git may not leave out of account.
    '\n \tint (*irqcontrol)(struct uio_info *info, s32 irq_on);',
    '\n \tint (*irqcontrol)(struct uio_info *info, u32 irq_on);',
    'apply',
  );
  const [first, second] = stageOf(json, 'apply')?.patches ?? [];
  expect(first).toMatchObject({ file: patch, status: 'conflict' });
  expect(first?.rejected[0]).toMatchObject({ file: 'include/linux/uio_driver.h' });
  expect(first?.rejected[0]?.hunk).toMatch(/^@@ /);
  expect(second?.file).toBe(DRIVER_PATCH);
  expect(stdout).toContain('include/linux/uio_driver.h');
  expect(exitCode).toBe(1);
});

it('shows a compile error as a finding at its place', async () => {
  const { json, exitCode, stdout } = await checkBroken(
    DRIVER_PATCH,
    '+	return IRQ_HANDLED;',
    '+	return IRQ_HANDLED_TWICE;',
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
  const { json, exitCode, stdout } = await checkBroken(
    DRIVER_PATCH,
    '+	eventfd_signal(READ_ONCE(v->trigger));',
    '+	(void)READ_ONCE(v->trigger);',
    'conform',
  );
  const failed = stageOf(json, 'conform')?.cases?.filter(({ verdict }) => verdict === 'FAIL') ?? [];
  expect(failed.length).toBeGreaterThan(0);
  expect(stdout).toContain(failed[0]?.id);
  expect(exitCode).toBe(1);
});

it('catches a driver that oopses, with the splat', async () => {
  const { json, exitCode } = await checkBroken(
    DRIVER_PATCH,
    '+	struct uio_msi_vector *v = arg;',
    '+	struct uio_msi_vector *v = NULL;',
    'conform',
  );
  const conform = stageOf(json, 'conform');
  expect(conform?.verdict).toBe('FAIL');
  expect(conform?.splats?.[0]?.text).toContain('uio_msi_handler');
  expect(exitCode).toBe(1);
});

it('ends a guest that hangs at a limit, and names the case', async () => {
  const { json, exitCode, stdout } = await checkBroken(
    DRIVER_PATCH,
    '+	trigger = eventfd_ctx_fdget(set->fd);',
    '+	trigger = eventfd_ctx_fdget(set->fd); for (;;) { cond_resched(); }',
    'conform',
  );
  const conform = stageOf(json, 'conform');
  const failed = conform?.cases?.filter(({ verdict }) => verdict === 'FAIL') ?? [];
  expect(conform?.verdict).toBe('FAIL');
  expect(failed.length).toBeGreaterThan(0);
  expect(stdout).toContain(failed[0]?.id);
  expect(exitCode).toBe(1);
});
