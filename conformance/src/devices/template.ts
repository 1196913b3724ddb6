// SPDX-License-Identifier: MIT
import type { Msix } from '../pci/config-space.js';
import type { Resource } from '../pci/sysfs.js';
import { LIMITS } from './provoker-file.js';

/** What a template is made for: a device that is here, or ids alone. */
export interface Subject {
  /** `vendor:device`. */
  readonly id: string;
  readonly vectors: number | null;
  readonly bars: readonly Resource[];
  readonly msix: Msix | null;
}

/** Bytes of an entry: PCI Local Bus Specification 3.0, 6.8.2. */
const ENTRY = 16;

/**
 * A provoker without a step, for somebody with the device's documentation to fill in. It is none
 * before that: nothing is written to a device by mistake. Pure.
 */
export const provokerTemplate = ({ id, vectors, bars, msix }: Subject): string => {
  const memory = bars.flatMap(({ size, isMemory }, bar) => (isMemory && size > 0 ? [{ bar, size }] : []));
  const sizes = memory.map(({ bar, size }) => `  ${bar}: 0x${size.toString(16)}`);
  const table =
    msix === null
      ? []
      : [
          `# The MSI-X table is in BAR ${msix.table.bar}, from 0x${msix.table.offset.toString(16)}, ` +
            `${msix.vectors * ENTRY} bytes: nothing on its pages can be reached.`,
        ];
  return `# How to have a device raise its interrupts. Check it, then run with it:
#   uio-msi-conformance provoker check FILE --device ADDRESS
#   uio-msi-conformance run --device ADDRESS --provoker FILE
#
# A number is decimal or 0x…. Where a value or an offset may be, an expression may be: of numbers and
# names, with | ^ & << >> + - * and parentheses as in C. The name vec is the vector: 1 << (20 + vec)

provoker: 1 # the version of this format

# As results call the device: lower-case letters, digits and -.
name: device-${id.replace(':', '-')}

# Which devices it is for, as lspci -n prints them.
match: ['${id}']

# It raises vectors from 0 up to, and without, this: ${LIMITS.vectors} at most.${vectors === null ? '' : ` The device has ${vectors}.`}
vectors: ${vectors ?? 1}

# true when it asserts the device's interrupt line, too, where messages are not used.
line: false

# The BARs that the steps reach, and their bytes. No step gets beyond.
${[...table, sizes.length === 0 ? 'bars: { 0: 0x1000 }' : ['bars:', ...sizes].join('\n')].join('\n')}

# Four lists of steps follow. A step is one of
#   - write: OFFSET        with "mask", the other bits of the register stay as they are
#     value: VALUE
#     mask: MASK
#   - read: OFFSET         for registers that are cleared by it; with "as", what was read has a name
#     as: NAME
#   - wait: OFFSET         until the bits of the mask have the value
#     mask: MASK
#     value: VALUE
#     within: MILLISECONDS
#   - pause: MILLISECONDS  ${LIMITS.pauseMs} at most
# A step that reaches a register may have "width", 8, 16 or 32 bits (32 unless given), and needs "bar"
# where bars names several.

# After each open, before a vector is armed: brings the device to where it can interrupt. What is read
# as a name here has it in the other lists, too.
setup: []

# Has the device send the message of vector vec, once.
raise: []

# Before it is raised, and whenever a vector was seen: what the device waits for before it raises it
# again; with a line, what has the device let go of it.
acknowledge: []

# Stops the device from interrupting.
quiesce: []
`;
};
