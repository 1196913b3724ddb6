// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { type Evidence, judge } from './outcome.js';

const ENDED: Evidence = {
  report: { kernel: '7.2.6', exitCode: null, refused: null },
  splats: [],
  limit: null,
  qemu: { exitCode: 0, stderr: '' },
};
const PANIC = { kind: 'panic', title: 'Kernel panic - not syncing: Fatal exception', text: '' };

describe('judge', () => {
  it.each<[string, Partial<Evidence>, string]>([
    ['a job that ended, badly or well', { report: { ...ENDED.report, exitCode: 1 } }, 'poweroff'],
    ['no word from the job, and a panic', { splats: [PANIC] }, 'panic'],
    ['no word from the job, and no panic', {}, 'reset'],
    ['a module that was refused', { report: { ...ENDED.report, refused: '00-uio.ko' } }, 'module'],
    ['a limit, whatever else is known', { limit: 'silence', qemu: null, splats: [PANIC] }, 'silence'],
    ['QEMU gone by a signal', { qemu: { exitCode: null, stderr: 'Aborted\n' } }, 'killed'],
  ])('%s: %o is %s', (_, evidence, end) => {
    expect(judge({ ...ENDED, ...evidence }).end).toBe(end);
  });

  it('says the detail that leads to the cause', () => {
    expect(judge({ ...ENDED, splats: [PANIC] }).message).toContain('Fatal exception');
    expect(judge({ ...ENDED, report: { ...ENDED.report, refused: '00-uio.ko' } }).message).toContain(
      'uio.ko',
    );
    expect(judge({ ...ENDED, qemu: { exitCode: 1, stderr: 'a\nassertion failed\n' } }).message).toMatch(
      /assertion failed$/,
    );
    const race = "qemu: ../hw/pci/msix.c:227: msix_table_mmio_write: Assertion `addr' failed.\nAborted\n";
    expect(judge({ ...ENDED, qemu: { exitCode: null, stderr: race } }).message).toMatch(
      /msix_table_mmio_write.*QEMU 8\.2.*--accel tcg-single/,
    );
  });
});
