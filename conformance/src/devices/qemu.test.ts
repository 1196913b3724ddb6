// SPDX-License-Identifier: MIT
// The provokers against QEMU's own device models, without a guest: qtest writes to the registers,
// and messages, which are plain memory writes, are aimed at RAM, where they can be read.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ivshmemPeers } from '../../test/ivshmem-peers.js';
import { hasDevice, hasQemu, QtestMachine } from '../../test/qtest-machine.js';
import { fieldsOf, findCapability } from '../pci/capabilities.js';
import { parseConfigSpace } from '../pci/config-space.js';
import type { Provoker } from './device.js';
import { loadProvoker } from './load-provoker.js';
import { deviceModels, modelFor } from './table.js';

const MESSAGES_AT = 0x0010_0000;
const MARK = 0x600d_0000;

const hex = (value: number): string => `0x${(value >>> 0).toString(16)}`;

let running: QtestMachine | undefined;
afterEach(() => running?.end());

// The one of the vendor's guide is no device that the suite comes with.
const EXAMPLE = fileURLToPath(new URL('../../examples/intel-hda.yaml', import.meta.url));
const models = deviceModels([loadProvoker(EXAMPLE)]);

const start = (
  device: string,
  peers: number | null = null,
  behind: readonly string[] = [],
): { machine: QtestMachine; provoker: Provoker } => {
  const machine = new QtestMachine(device, peers, behind);
  running = machine;
  machine.enable();
  const ids = machine.readConfig(0);
  const id = [ids & 0xffff, ids >>> 16].map((part) => part.toString(16).padStart(4, '0')).join(':');
  const model = modelFor(id, models);
  if (model === null) throw new Error(`no model of ${id}`);
  return { machine, provoker: model.provoker(machine) };
};

const capabilityAt = (machine: QtestMachine, id: number): number => {
  const at = findCapability(fieldsOf(machine.configSpace()), id);
  if (at === null) throw new Error(`the device has no capability ${id}`);
  return at;
};

/** Aims the message of each vector at a word of RAM. Gives the number of vectors. */
const aimMsix = (machine: QtestMachine): number => {
  const at = capabilityAt(machine, 0x11);
  machine.writeConfig(at, machine.readConfig(at) | 0x8000_0000);
  const vectors = parseConfigSpace(machine.configSpace()).msix?.vectors ?? 0;
  const table = machine.readConfig(at + 4);
  const entries = Array.from({ length: vectors }, (_, i) => [MESSAGES_AT + 4 * i, 0, MARK + i, 0]).flat();
  machine.writeAll(table & 7, table & ~7, new Uint32Array(entries));
  return vectors;
};

/** The vectors whose message came since this was last asked. */
const takeMessages = (machine: QtestMachine, vectors: number): number[] => {
  const bytes = Buffer.from(machine.ask(`read ${hex(MESSAGES_AT)} ${hex(4 * vectors)}`).slice(2), 'hex');
  const came = [...Array(vectors).keys()].filter(
    (vector) => bytes.readUInt32LE(4 * vector) === MARK + vector,
  );
  // One by one: others may come meanwhile.
  for (const vector of came) machine.ask(`writel ${hex(MESSAGES_AT + 4 * vector)} 0x0`);
  return came;
};

/** The same, but waits for the first: a device may take its time. */
const awaitMessages = (machine: QtestMachine, vectors: number, patienceMs = 2000): number[] => {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const messages = takeMessages(machine, vectors);
    if (messages.length > 0) return messages;
  }
  return [];
};

describe.skipIf(!hasQemu())('provokers on QEMU: MSI-X', () => {
  const vectorsInTurn = (machine: QtestMachine, provoker: Provoker, expected: number): void => {
    const vectors = aimMsix(machine);
    expect(vectors).toBe(expected);
    const tried = [...Array(vectors).keys()].filter((v) => v < 10 || v % 333 === 32 || v === vectors - 1);
    provoker.setUp(tried);
    takeMessages(machine, vectors);
    for (const vector of [...tried, ...tried]) {
      provoker.acknowledge(vector);
      provoker.raise(vector);
      expect(awaitMessages(machine, vectors), `vector ${vector} was raised`).toEqual([vector]);
    }
  };

  it.each([
    ['rocker', 4],
    ['rocker,len-ports=31', 66],
    ['e1000e,romfile=', 5],
    ['nvme,serial=1,pmrdev=memory', 65],
    ['nvme,serial=1,pmrdev=memory,msix_qsize=2048,max_ioqpairs=2047', 2048],
  ])('%s: each of %i vectors sends its own message, twice over', (device, expected) => {
    const { machine, provoker } = start(device);
    vectorsInTurn(machine, provoker, expected);
  });

  it.each([1, 8, 64])('ivshmem-doorbell: each of %i vectors sends its own message, twice over', (vectors) => {
    const peers = ivshmemPeers(vectors);
    const { machine, provoker } = start(`ivshmem-doorbell,chardev=peers,vectors=${vectors}`, peers.socket);
    peers.close();
    vectorsInTurn(machine, provoker, vectors);
  });

  it.skipIf(!hasDevice('igb'))('igb (QEMU 8): each of 10 vectors sends its own message, twice over', () => {
    const { machine, provoker } = start('igb,romfile=');
    vectorsInTurn(machine, provoker, 10);
  });

  it.each(['e1000e,romfile=', 'nvme,serial=1,pmrdev=memory'])('%s: is silent when quiet', (device) => {
    const { machine, provoker } = start(device);
    const vectors = aimMsix(machine);
    provoker.setUp([0, 1]);
    provoker.quiesce();
    takeMessages(machine, vectors);
    if (device.startsWith('e1000e')) provoker.raise(1);
    expect(awaitMessages(machine, vectors, 50)).toEqual([]);
  });

  it('nvme: raises a vector that it was not made ready for, after vector 0', () => {
    const { machine, provoker } = start('nvme,serial=1,pmrdev=memory');
    const vectors = aimMsix(machine);
    provoker.setUp([]);
    provoker.raise(5);
    const came: number[] = [];
    while (!came.includes(5)) {
      const more = awaitMessages(machine, vectors);
      expect(more).not.toEqual([]);
      came.push(...more);
    }
    expect(new Set(came)).toEqual(new Set([0, 5]));
  });

  it('nvme without memory of its own says what it lacks', () => {
    const { provoker } = start('nvme,serial=1');
    expect(() => provoker.setUp([0])).toThrow('no memory of its own');
  });
});

describe.skipIf(!hasQemu())('provokers on QEMU: MSI', () => {
  it.each(['edu', 'intel-hda'])('%s: each raise sends the message', (device) => {
    const { machine, provoker } = start(
      device,
      null,
      device === 'edu' ? [] : ['hda-output,audiodev=silence'],
    );
    const at = capabilityAt(machine, 0x05);
    expect(parseConfigSpace(machine.configSpace()).msi).toEqual({ vectors: 1, enabled: false });
    // The data of a message with an address of 64 bits comes behind that.
    const wide = (machine.readConfig(at) & 0x0080_0000) !== 0;
    machine.writeConfig(at + 4, MESSAGES_AT);
    machine.writeConfig(at + (wide ? 12 : 8), MARK & 0xffff);
    machine.writeConfig(at, machine.readConfig(at) | 0x0001_0000);
    provoker.setUp([0]);
    for (let round = 0; round < 2; round++) {
      machine.ask(`writel ${hex(MESSAGES_AT)} 0xffffffff`);
      provoker.raise(0);
      expect(Number(machine.ask(`readl ${hex(MESSAGES_AT)}`))).toBe(MARK & 0xffff);
      provoker.acknowledge(0);
    }
  });
});

describe.skipIf(!hasQemu())('provokers on QEMU: INTx', () => {
  it.each([
    ['edu', []],
    ['e1000,romfile=', []],
    ['sdhci-pci', []],
    ['intel-hda,msi=off', ['hda-output,audiodev=silence']],
  ])('%s: asserts until it is acknowledged', async (device, behind) => {
    const { machine, provoker } = start(device, null, behind);
    const asserted = () => parseConfigSpace(machine.configSpace()).intx?.asserted;
    provoker.setUp([0]);
    for (let round = 0; round < 3; round++) {
      expect(asserted()).toBe(false);
      provoker.raise(0);
      await expect.poll(asserted).toBe(true);
      provoker.acknowledge(0);
      expect(asserted()).toBe(false);
    }
    provoker.raise(0);
    provoker.quiesce();
    expect(asserted()).toBe(false);
  });
});
