// SPDX-License-Identifier: MIT
import { Skip } from '../bench/verdicts.js';

/** Code that does not survive a failing allocation of its own, whatever driver it works for. */
interface Fragile {
  /** Functions: what lies between the first and the last of them is spared, they included. */
  readonly functions: readonly string[];
  /** Whether a kernel may do without; then there is nothing to spare. */
  readonly optional: boolean;
}

/**
 * The kernel filters by one range of addresses, so a case names the one that its call comes by:
 * Documentation/fault-injection/fault-injection.rst, "reject-start".
 */
const FRAGILE = {
  // Files in /proc/irq that found no memory are removed with the others later, with a warning for each: kernel/irq/proc.c.
  'irq-files': { functions: ['register_irq_proc'], optional: false },
  // ACPI looks for the line of a device that is enabled or disabled. Its interpreter gives an object back
  // twice when it finds no memory (Linux 7.2: acpi_ut_update_object_reference()). A trace of a stack has 32
  // entries, which may not reach back to where it began: so from drivers/acpi/pci_irq.c, where it does, to the
  // entry of the interpreter. Between them is nothing but drivers/acpi.
  acpi: {
    functions: ['acpi_pci_irq_enable', 'acpi_pci_irq_disable', 'acpi_ns_evaluate'],
    optional: true,
  },
} as const satisfies Readonly<Record<string, Fragile>>;

/** The name of what is spared. */
export type Spared = keyof typeof FRAGILE;

/** From the first address to the one behind the last, in hexadecimal. */
export interface AddressRange {
  readonly start: string;
  readonly end: string;
}

/**
 * Where what is spared lies, from /proc/kallsyms; null when this kernel has nothing of it. Pure.
 *
 * @throws Skip when the file does not tell
 */
export const findSpared = (kallsyms: string, spared: Spared): AddressRange | null => {
  const { functions, optional }: Fragile = FRAGILE[spared];
  const symbols = kallsyms.split('\n').map((line) => line.split(/\s+/));
  const addresses = symbols.map(([address = '']) => address);
  if (addresses.every((address) => /^0*$/.test(address)))
    throw new Skip('/proc/kallsyms hides addresses: see the sysctl kernel.kptr_restrict');
  const starts = symbols
    .flatMap(([address, , name = '']) => (address && functions.includes(name) ? [address] : []))
    .toSorted();
  const [start, last] = [starts.at(0), starts.at(-1)];
  if (start === undefined || last === undefined) {
    if (optional) return null;
    throw new Skip(`/proc/kallsyms does not say where ${functions.join(', ')} is`);
  }
  const end = addresses
    .filter((address) => address > last)
    .reduce<string | null>((least, address) => (least === null || address < least ? address : least), null);
  if (end === null) throw new Skip(`/proc/kallsyms does not say where ${functions.join(', ')} ends`);
  return { start: `0x${start}`, end: `0x${end}` };
};
