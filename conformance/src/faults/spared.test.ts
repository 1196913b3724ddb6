// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { findSpared } from './spared.js';

const KALLSYMS = `ffffffff81000060 T acpi_ns_exit
ffffffff81000010 T register_irq_proc
ffffffff81000020 t something_else
ffffffff81000020 T its_alias
ffffffff81000030 T acpi_pci_irq_enable
ffffffff81000040 T acpi_pci_irq_disable
ffffffff81000050 T acpi_ns_evaluate
`;

const without = (name: string) => KALLSYMS.replace(new RegExp(`.* ${name}\n`), '');

describe('findSpared', () => {
  it('gives where functions begin and what comes next, whatever the order and the names', () => {
    expect(findSpared(KALLSYMS, 'irq-files')).toEqual({
      start: '0xffffffff81000010',
      end: '0xffffffff81000020',
    });
    expect(findSpared(KALLSYMS, 'acpi')).toEqual({ start: '0xffffffff81000030', end: '0xffffffff81000060' });
  });

  it('has nothing to spare in a kernel without ACPI', () => {
    expect(findSpared('ffffffff81000010 T register_irq_proc\n', 'acpi')).toBeNull();
  });

  it('tries nothing when it cannot tell where that is', () => {
    expect(() => findSpared(without('register_irq_proc'), 'irq-files')).toThrow('does not say where');
    expect(() => findSpared(without('acpi_ns_exit'), 'acpi')).toThrow('ends');
    expect(() => findSpared(KALLSYMS.replace(/^\w+/gm, '0000000000000000'), 'acpi')).toThrow('kptr_restrict');
  });
});
