// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { fragmentFor } from './fragment-for.js';

const TEXT = `# SPDX-License-Identifier: GPL-2.0-only
CONFIG_VFIO=y
# From 6.6 on these can be left out
CONFIG_VFIO_GROUP=y
# CONFIG_VFIO_CDEV is not set
# For all
CONFIG_VFIO_PCI=y

# From 6.18 on
CONFIG_NEW=y

CONFIG_LAST=y
`;

const options = (line: string) =>
  [...fragmentFor(TEXT, line).matchAll(/CONFIG_(\w+)/g)].map(([, name]) => name).join(' ');

it.each([
  ['5.10', 'VFIO VFIO_PCI LAST'],
  ['6.5', 'VFIO VFIO_PCI LAST'],
  ['6.6', 'VFIO VFIO_GROUP VFIO_CDEV VFIO_PCI LAST'],
  ['6.12', 'VFIO VFIO_GROUP VFIO_CDEV VFIO_PCI LAST'],
  ['6.18', 'VFIO VFIO_GROUP VFIO_CDEV VFIO_PCI NEW LAST'],
  ['mainline', 'VFIO VFIO_GROUP VFIO_CDEV VFIO_PCI NEW LAST'],
])('on %s asks for %s', (line, expected) => {
  expect(options(line)).toBe(expected);
});

it('leaves the text alone where all is known', () => {
  expect(fragmentFor(TEXT, '7.2')).toBe(TEXT);
});
