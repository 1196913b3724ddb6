// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Registers } from './device.js';
import { readProvoker } from './read-provoker.js';
import { isPrompt, modelOfFile } from './register-provoker.js';
import { deviceModels, modelFor, modelOfRecord, modelRecordOf } from './table.js';

const models = deviceModels();

const record = (answer: (offset: number) => number = () => 0) => {
  const done: string[] = [];
  const registers: Registers = {
    read: (_, offset, width = 32) => {
      done.push(`read${width} 0x${offset.toString(16)}`);
      return answer(offset);
    },
    addressOf: () => 0n,
    write: (bar, offset, value, width = 32) =>
      void done.push(
        `${bar}+0x${offset.toString(16)}=0x${value.toString(16)}${width === 32 ? '' : `/${width}`}`,
      ),
  };
  return { done, registers };
};

const provokerOf = (lines: readonly string[], registers: Registers) => {
  const head = ['provoker: 1', 'name: it', 'match: [1234:5678]', 'vectors: 4', 'bars: { 2: 0x100 }'];
  return modelOfFile(readProvoker([...head, ...lines].join('\n'), 'it')).provoker(registers);
};

describe('device table', () => {
  it('finds a model by vendor and device', () => {
    expect(modelFor('1b36:0006', models)?.name).toBe('rocker');
    expect(modelFor('1b36:0010', models)?.name).toBe('nvme');
    expect(modelFor('ffff:ffff', models)).toBeNull();
  });

  it('gives each id to one model', () => {
    const ids = models.flatMap((model) => model.ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('prefers what a file says of a device that the suite knows', () => {
    const source =
      'provoker: 1\nname: mine\nmatch: [1b36:0006]\nvectors: 1\nbars: {0: 4}\nraise: [{write: 0, value: 1}]';
    expect(modelFor('1b36:0006', deviceModels([readProvoker(source, 'mine')]))?.name).toBe('mine');
  });

  it.each(models.map((model) => [model.name, model] as const))(
    '%s: another thread gets the same',
    (_, model) => {
      const { done, registers } = record();
      modelOfRecord(structuredClone(modelRecordOf(model)))?.provoker(registers);
      const told = modelOfRecord(JSON.parse(JSON.stringify(modelRecordOf(model))));
      expect(told).toMatchObject({ name: model.name, ids: model.ids });
      expect(done).toEqual([]);
    },
  );
});

describe('provokers', () => {
  it('rocker: the vector goes to TEST_IRQ', () => {
    const { done, registers } = record();
    modelFor('1b36:0006', models)?.provoker(registers).raise(65);
    expect(done).toEqual(['0+0x20=0x41']);
  });

  it('e1000e: the cause of the vector goes to ICS, after causes and timers are cleared', () => {
    const { done, registers } = record();
    const provoker = modelFor('8086:10d3', models)?.provoker(registers);
    provoker?.acknowledge(4);
    provoker?.raise(4);
    expect(done).toEqual(['0+0xc0=0xffffffff', '0+0xd0=0xffffffff', '0+0xd8=0xfe0fffff', '0+0xc8=0x1000000']);
  });

  it('do their steps in order, of each width, with the bits outside a mask as they were', () => {
    const { done, registers } = record((offset) => (offset === 8 ? 0xf00f : 7));
    const provoker = provokerOf(
      [
        'raise:',
        '  - { read: 4, width: 8, as: id }',
        '  - { write: 8, width: 16, mask: 0xff0, value: 0x10 * vec }',
        '  - { wait: 0x10, mask: 6, value: 6, within: 10 }',
        '  - { write: 0x10 + 4 * vec, value: id << 16 | vec }',
      ],
      registers,
    );
    provoker.raise(3);
    expect(done).toEqual(['read8 0x4', 'read16 0x8', '2+0x8=0xf03f/16', 'read32 0x10', '2+0x1c=0x70003']);
  });

  it('keep what set-up has read until they are set up again', () => {
    const answers = [5, 6];
    const { done, registers } = record(() => answers.shift() ?? 0);
    const provoker = provokerOf(
      ['setup: [{ read: 8, as: self }]', 'raise: [{ write: 0xc, value: self << 16 | vec }]'],
      registers,
    );
    provoker.setUp([]);
    provoker.raise(1);
    provoker.setUp([]);
    provoker.raise(2);
    expect(done.filter((one) => one.startsWith('2+'))).toEqual(['2+0xc=0x50001', '2+0xc=0x60002']);
  });

  it('write nothing that what the device said puts out of bounds', () => {
    const { done, registers } = record(() => 0xffff_ffff);
    const provoker = provokerOf(
      ['raise: [{ read: 8, as: self }, { write: 0xc, value: self << 16 | vec }]'],
      registers,
    );
    expect(() => provoker.raise(1)).toThrow(
      'it does not fit a register of 32 bits; vec is 0x1, self is 0xffffffff',
    );
    const far = provokerOf(['raise: [{ read: 8, as: at }, { write: at, value: 1 }]'], registers);
    expect(() => far.raise(1)).toThrow('expected one inside BAR 2, of 256 bytes');
    expect(done).toEqual(['read32 0x8', 'read32 0x8']);
  });

  it('are no measure of an interrupt when they pause', () => {
    const pausing = models.filter((model) => !isPrompt(model)).map(({ name }) => name);
    expect(pausing).toEqual(['ivshmem']);
  });

  it('wait no longer than they may', () => {
    const { registers } = record(() => 0xffff_ffff);
    const provoker = provokerOf(['raise: [{ wait: 8, value: 0, within: 5 }]'], registers);
    expect(() => provoker.raise(0)).toThrow('it: register 8 did not become 0 within 5 ms');
  });

  it('cannot raise a vector beyond theirs, and leave it alone', () => {
    const { done, registers } = record();
    const provoker = provokerOf(
      ['raise: [{ write: 0, value: 1 }]', 'acknowledge: [{ write: 4, value: 1 }]'],
      registers,
    );
    expect(() => provoker.raise(4)).toThrow('raises vectors below 4 alone');
    provoker.acknowledge(4);
    expect(done).toEqual([]);
  });
});
