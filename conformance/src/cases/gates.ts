// SPDX-License-Identifier: MIT
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectEqual, expectThat, outcomeOf, SUCCESS } from '../bench/expect.js';
import { parameterFile, RAW_ACCESS } from '../bench/mode.js';
import { Skip } from '../bench/verdicts.js';
import { openKernelLog } from '../health/kernel-log.js';
import { isUserTainted } from '../health/taint.js';
import { INFO_RAW } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const offByDefault = defineCase({
  id: 'raw.off-by-default',
  title: 'raw_access and raw_vfs are off when the driver is loaded',
  clauses: ['RAW-05'],
  scope: 'driver',
  run: ({ machine: { parameters, disposable } }) => {
    expectEqual('parameters of the module', parameters.length, 2);
    for (const { file, value } of parameters) {
      if (value === 'Y' && !disposable) throw new Skip(`somebody has set ${file} on this machine`);
      expectEqual(file, value, 'N');
    }
  },
});

const tainted = defineCase({
  id: 'raw.taint',
  title: 'opening a device in raw mode taints the kernel, and the log says so once',
  clauses: ['RAW-06'],
  mode: 'raw',
  scope: 'driver',
  run: (bench) => {
    const log = openKernelLog(bench.sys);
    bench.later(() => log.close());
    const warnings = () => log.take().filter((line) => line.includes('raw access')).length;
    const wasTainted = isUserTainted(bench.rig.roots);
    const file = bench.open();
    expectThat(isUserTainted(bench.rig.roots), 'the kernel is not tainted with U after an open in raw mode');
    const first = warnings();
    // The kernel is tainted by whatever was opened in raw mode before, this device perhaps.
    if (!wasTainted) expectEqual('warnings of the first open', first, 1);
    bench.close(file);
    bench.open();
    expectEqual('warnings of a later open', warnings(), 0);
  },
});

const capability = defineCase({
  id: 'raw.capability',
  scope: 'core',
  title: 'without CAP_SYS_RAWIO opening a device in raw mode fails with EPERM and changes nothing',
  clauses: ['RAW-07', 'KRN-02'],
  mode: 'raw',
  run: async (bench) => {
    const { node } = bench.rig.uio();
    const log = openKernelLog(bench.sys);
    bench.later(() => log.close());
    const other = await bench.actors.attempt(['without-rawio', node]);
    expectEqual('a second process without CAP_SYS_RAWIO', other.said, 'open EPERM');
    const lines = log.take().filter((line) => line.includes(bench.rig.bdf));
    expectEqual('lines in the kernel log of that open', lines.join('; ') || 'none', 'none');
    expectEqual('bus mastering meanwhile', bench.rig.configSpace().busMaster, false);
    bench.open();
  },
});

const keepsMode = defineCase({
  id: 'raw.parameter-changed-later',
  title: 'a device that is bound stays in raw mode, and behind its gate, when the parameter is changed',
  clauses: ['SAFE-07', 'RAW-07'],
  mode: 'raw',
  scope: 'driver',
  run: async (bench) => {
    const { rig } = bench;
    const parameter = parameterFile(rig.roots, RAW_ACCESS);
    bench.later(() => writeFileSync(parameter, 'Y\n'));
    writeFileSync(parameter, 'N\n');
    const other = await bench.actors.attempt(['without-rawio', rig.uio().node]);
    expectEqual('a process without CAP_SYS_RAWIO, raw_access being off now', other.said, 'open EPERM');
    expectEqual('flags of UIO_MSI_GET_INFO', bench.open().info().flags, INFO_RAW);
  },
});

const capabilityInSafeMode = defineCase({
  id: 'safe.without-rawio',
  title: 'in safe mode a process without CAP_SYS_RAWIO can open the device',
  clauses: ['SAFE-05'],
  mode: 'safe',
  scope: 'driver',
  run: async (bench) => void (await bench.actors.spawn(['without-rawio', bench.rig.uio().node])),
});

/** Highest level that still lets the kernel's memory be read: Documentation/security/lsm. */
const LEVEL = 'integrity';

const lockdown = defineCase({
  id: 'raw.lockdown',
  title: 'under lockdown opening fails with EPERM in raw mode, and succeeds in safe mode',
  clauses: ['RAW-08'],
  irreversible: 'machine',
  mode: 'raw',
  run: (bench) => {
    const file = join(bench.rig.roots.sys, 'kernel/security/lockdown');
    if (!existsSync(file)) throw new Skip('this kernel has no lockdown, or securityfs is not mounted');
    const before = bench.open();
    expectEqual(
      'entering lockdown',
      outcomeOf(() => writeFileSync(file, `${LEVEL}\n`)),
      SUCCESS,
    );
    expectThat(readFileSync(file, 'utf8').includes(`[${LEVEL}]`), `${file} does not say ${LEVEL}`);
    bench.close(before);
    expectEqual('an open in raw mode under lockdown', bench.tryOpen(), 'EPERM');
    expectEqual('bus mastering afterwards', bench.rig.configSpace().busMaster, false);
    bench.rig.bind('safe');
    const safe = bench.open();
    safe.arm(0, bench.counter('the eventfd'));
    safe.trigger(0);
  },
});

export const gateCases = [offByDefault, capabilityInSafeMode, tainted, capability, keepsMode];
export const lockdownCases = [lockdown];
