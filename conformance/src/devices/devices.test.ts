// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Registers } from './device.js';
import { registerProvoker } from './register-provoker.js';
import { DEVICE_MODELS, modelOf } from './table.js';

const record = () => {
  const writes: string[] = [];
  const registers: Registers = {
    read32: () => 0,
    addressOf: () => 0n,
    write32: (bar, offset, value) =>
      void writes.push(`${bar}+0x${offset.toString(16)}=0x${value.toString(16)}`),
  };
  return { writes, registers };
};

describe('device table', () => {
  it('finds a model by vendor and device', () => {
    expect(modelOf('1b36:0006')?.name).toBe('rocker');
    expect(modelOf('8086:10d3')?.name).toBe('e1000e');
    expect(modelOf('ffff:ffff')).toBeUndefined();
  });

  it('gives each id to one model', () => {
    const ids = DEVICE_MODELS.flatMap((model) => model.ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('provokers', () => {
  it('rocker: the vector goes to TEST_IRQ', () => {
    const { writes, registers } = record();
    modelOf('1b36:0006')?.provoker(registers).raise(65);
    expect(writes).toEqual(['0+0x20=0x41']);
  });

  it('e1000e: the cause of the vector goes to ICS, after causes and timers are cleared', () => {
    const { writes, registers } = record();
    const provoker = modelOf('8086:10d3')?.provoker(registers);
    provoker?.acknowledge(4);
    provoker?.raise(4);
    expect(writes).toEqual([
      '0+0xc0=0xffffffff',
      '0+0xd0=0xffffffff',
      '0+0xd8=0xfe0fffff',
      '0+0xc8=0x1000000',
    ]);
  });

  it('writes nothing when one value of several is out of range', () => {
    const { writes, registers } = record();
    const provoker = registerProvoker({
      bar: 0,
      raise: [
        { offset: 0, value: '1' },
        { offset: 4, value: 'vec << 30' },
      ],
    })(registers);
    expect(() => provoker.raise(9)).toThrow('does not fit');
    expect(writes).toEqual([]);
  });
});
