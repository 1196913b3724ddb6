// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { adds, broken } from '../../../testing/revision.js';
import { subjectPrefix } from './subject-prefix.js';

it.each([
  ['uio: add it', 'drivers/uio/uio.c'],
  ['uio_msi: add it', 'drivers/uio/uio_msi.c'],
  ['PM / OPP: add it', 'drivers/base/power/opp/core.c'],
  ['Documentation: userspace-api: describe it', 'Documentation/userspace-api/index.rst'],
  ['docs: describe it', 'Documentation/userspace-api/index.rst'],
  ['selftests/uio: test it', 'tools/testing/selftests/uio/uio_msi.c'],
  ['driver core: add it', 'drivers/base/core.c'],
  ['dt-bindings: net: add it', 'Documentation/devicetree/bindings/net/dp83869.yaml'],
  ['ARM: dts: add it', 'arch/arm/boot/dts/st/stm32.dts'],
  ['genirq/msi: add it', 'kernel/irq/msi.c'],
  ['MAINTAINERS: add it', 'MAINTAINERS'],
])('lets through %s, of %s', async (subject, path) => {
  expect(await broken(subjectPrefix, { patches: [{ subject, diff: adds(path, 'x') }] })).toEqual([]);
});

it.each([
  ['vfio: add it', 'drivers/uio/uio.c', 'vfio'],
  ['feat: add it', 'drivers/uio/uio.c', 'feat'],
  ['docs: describe it', 'drivers/uio/uio.c', 'docs'],
])('finds %s, of %s', async (subject, path, area) => {
  expect(await broken(subjectPrefix, { patches: [{ subject, diff: adds(path, 'x') }] })).toEqual([
    `0001.patch: no file that it touches is known as "${area}"`,
  ]);
});
