// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Bench } from '../bench/bench.js';
import type { Rig } from '../bench/rig.js';
import { Failure, Skip } from '../bench/verdicts.js';
import type { Case } from '../cases/define.js';
import { deviceModels, modelFor } from '../devices/table.js';
import type { InterruptLine } from '../health/interrupts.js';
import { SHORT_DOSE } from '../model/exploration.js';
import { parseConfigSpace } from '../pci/config-space.js';
import { SysError } from '../sys/errno.js';
import { createLinuxSys } from '../sys/linux.js';
import { runCase, type Surroundings } from './run-case.js';

/** A device that is always bound, on a kernel whose log and handlers the test decides. */
const surroundings = (log: string[] = []) => {
  const root = mkdtempSync(join(tmpdir(), 'uio-msi-case-'));
  mkdirSync(join(root, 'proc/sys/kernel'), { recursive: true });
  const setTaint = (value: number) => writeFileSync(join(root, 'proc/sys/kernel/tainted'), `${value}\n`);
  setTaint(0);
  const folder = join(root, 'sys/bus/pci/devices/0000:00:03.0');
  mkdirSync(folder, { recursive: true });
  const pullOut = () => rmSync(folder, { recursive: true });
  const armed = new Map<number, InterruptLine>();
  const done: string[] = [];
  const rig: Rig = {
    bdf: '0000:00:03.0',
    vectors: 2,
    interrupts: 'msix',
    model: null,
    roots: { sys: join(root, 'sys'), proc: join(root, 'proc'), dev: '/dev' },
    mode: () => 'safe',
    bind: (mode) => void done.push(mode === undefined ? 'bind' : `bind ${mode}`),
    hasLine: () => false,
    noteGranted: () => undefined,
    allowMessages: () => undefined,
    unbind: () => void done.push('unbind'),
    restore: () => undefined,
    remove: () => undefined,
    rescan: () => undefined,
    tearOut: () => undefined,
    uio: () => ({ uio: 'null', node: '/dev/null', name: 'uio_msi', version: '1', maps: [] }),
    configSpace: () => parseConfigSpace(new Uint8Array(64)),
    armedVectors: () => armed,
  };
  const around: Surroundings = {
    sys: createLinuxSys(),
    rig,
    log: { take: () => log.splice(0), mark: () => undefined, close: () => undefined },
    trace: () => undefined,
    entry: '',
    machine: { rigs: [], parameters: [], disposable: false, exploration: SHORT_DOSE },
  };
  return { around, armed, done, log, setTaint, pullOut };
};

const testCase = (run: (bench: Bench) => void | Promise<void>, needs: Case['needs'] = []): Case => ({
  id: 'test.case',
  title: 'a case',
  clauses: [],
  needs,
  run,
});

describe('runCase: what the case says', () => {
  it('passes', async () => {
    const { around } = surroundings();
    expect(
      await runCase(
        testCase(() => undefined),
        around,
      ),
    ).toMatchObject({ verdict: 'PASS', message: null, log: null });
  });

  it.each([
    ['a Failure is FAIL', new Failure('got 2, expected 1'), 'FAIL', 'got 2, expected 1'],
    ['a Skip is SKIP', new Skip('no module'), 'SKIP', 'no module'],
    ['an unexpected errno is FAIL', new SysError('open', 12), 'FAIL', 'Unexpected: open: ENOMEM'],
    [
      'anything else is ERROR, with its stack',
      new TypeError('x is not a function'),
      'ERROR',
      'TypeError: x is not a function\n',
    ],
  ])('%s', async (_, error, verdict, message) => {
    const { around } = surroundings();
    const outcome = await runCase(
      testCase(() => {
        throw error;
      }),
      around,
    );
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.message).toContain(message);
  });

  it('skips for want of what it needs, without touching the device', async () => {
    const { around, done } = surroundings();
    const outcome = await runCase(
      testCase(() => undefined, ['provoker']),
      around,
    );
    expect(outcome).toMatchObject({ verdict: 'SKIP' });
    expect(outcome.message).toContain('knows no way to make this device raise a vector');
    expect(done).toEqual([]);
  });
});

describe('runCase: the mode', () => {
  const bound = async (more: Partial<Case>) => {
    const { around, done } = surroundings();
    const rig = { ...around.rig, model: modelFor('1b36:0006', deviceModels()) };
    await runCase({ ...testCase(() => undefined), ...more }, { ...around, rig });
    return done;
  };

  it('is the one that the case names, raw where it provokes, and else what there is', async () => {
    expect(await bound({ mode: 'safe' })).toEqual(['bind safe']);
    expect(await bound({ needs: ['provoker'] })).toEqual(['bind raw']);
    expect(await bound({ needs: ['provoker'], mode: 'safe' })).toEqual(['bind safe']);
    expect(await bound({})).toEqual(['bind']);
  });
});

describe('runCase: what the kernel says', () => {
  it('a splat fails a case that passed, and is in message and log', async () => {
    const { around, log } = surroundings();
    const outcome = await runCase(
      testCase(() => void log.push('fine', 'WARNING: CPU: 0 at free_irq')),
      around,
    );
    expect(outcome).toMatchObject({ verdict: 'FAIL', log: 'fine\nWARNING: CPU: 0 at free_irq' });
    expect(outcome.message).toBe('the kernel complained (warning): WARNING: CPU: 0 at free_irq');
  });

  it.each([
    [
      new Failure('an interrupt did not arrive'),
      'SKIP',
      /^not judged, x86 before 6.17 .*: an interrupt did not arrive$/,
    ],
    [new Error('out of order'), 'ERROR', /out of order/],
    [null, 'PASS', null],
  ])('a kernel that lost a vector leaves of %s no failure of the driver', async (error, verdict, message) => {
    const { around, log } = surroundings();
    const storm = testCase(() => {
      log.push('__common_interrupt: 0.35 No irq handler for vector');
      if (error) throw error;
    });
    const outcome = await runCase({ ...storm, id: 'stress.set-and-raise' }, around);
    expect(outcome.verdict).toBe(verdict);
    if (message) expect(outcome.message).toMatch(message);
    expect((await runCase(storm, around)).verdict).not.toBe('SKIP');
  });

  it('a splat joins what a failed case says', async () => {
    const { around, log } = surroundings();
    const outcome = await runCase(
      testCase(() => {
        log.push('Oops: 0000');
        throw new Failure('lost');
      }),
      around,
    );
    expect(outcome.message).toBe('lost; the kernel complained (oops): Oops: 0000');
  });

  it('handlers that stay fail it, and the device is taken from the driver for the next case', async () => {
    const { around, armed, done } = surroundings();
    const leak = () => void armed.set(1, { irq: '24', count: 0, text: '' });
    const outcome = await runCase(testCase(leak), around);
    expect(outcome.verdict).toBe('FAIL');
    expect(outcome.message).toContain('still has handlers for vectors 1');
    expect(done).toEqual(['bind', 'unbind']);
  });

  it('a complaint at the unbind after a failure joins the message, and makes an error a failure', async () => {
    const { around, log } = surroundings();
    const rig = { ...around.rig, unbind: () => void log.push('WARNING: CPU: 0 at free_irq') };
    const broken = testCase(() => {
      throw new TypeError('x');
    });
    const outcome = await runCase(broken, { ...around, rig });
    expect(outcome).toMatchObject({ verdict: 'FAIL', log: 'WARNING: CPU: 0 at free_irq' });
    expect(outcome.message).toContain('; when it was unbound then, the kernel complained (warning)');
  });

  it('of a device that is gone from the bus that it is', async () => {
    const { around, pullOut } = surroundings();
    const unbind = () => {
      throw new Error('ENOENT');
    };
    const test = testCase(() => {
      pullOut();
      throw new Failure('got ENODEV');
    });
    expect(await runCase(test, { ...around, rig: { ...around.rig, unbind } })).toMatchObject({
      verdict: 'FAIL',
      message: 'got ENODEV; the device is gone from the bus: was it pulled out?',
    });
  });

  it('an unbind that is refused after a failure does not hide the failure', async () => {
    const { around } = surroundings();
    const rig = {
      ...around.rig,
      unbind: () => {
        throw new Error('EBUSY');
      },
    };
    const failed = testCase(() => {
      throw new Failure('lost');
    });
    expect(await runCase(failed, { ...around, rig })).toMatchObject({
      verdict: 'FAIL',
      message: 'lost; then the device could not be unbound: Error: EBUSY',
    });
  });

  it('a new taint fails it, an old one does not', async () => {
    const { around, setTaint } = surroundings();
    setTaint(1 << 9);
    expect(
      (
        await runCase(
          testCase(() => undefined),
          around,
        )
      ).verdict,
    ).toBe('PASS');
    expect(
      (
        await runCase(
          testCase(() => setTaint(1 << 7)),
          around,
        )
      ).message,
    ).toContain('oops or BUG');
  });
});

describe('runCase: cleaning up', () => {
  it('closes what a failed case opened', async () => {
    const { around } = surroundings();
    const opened: number[] = [];
    await runCase(
      testCase((bench) => {
        opened.push(bench.open().fd, bench.counter('it').fd);
        throw new Failure('early');
      }),
      around,
    );
    for (const fd of opened) expect(() => around.sys.close(fd)).toThrow('EBADF');
  });

  it('kills second processes', async () => {
    const { around } = surroundings();
    const outcome = await runCase(
      testCase(async (bench) => {
        await bench.actors.spawnHolder(bench.open());
      }),
      around,
    );
    expect(outcome.verdict).toBe('PASS');
  });

  it('that fails is an ERROR', async () => {
    const { around } = surroundings();
    const outcome = await runCase(
      testCase((bench) => void bench.closeLater(1 << 20)),
      around,
    );
    expect(outcome).toMatchObject({
      verdict: 'ERROR',
      message: 'Cleaning up failed: SysError: close: EBADF',
    });
  });
});
