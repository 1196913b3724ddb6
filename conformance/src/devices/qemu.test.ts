// SPDX-License-Identifier: MIT
// The provokers against QEMU's own device models, without a guest: qtest writes to the registers,
// and MSI-X messages, which are plain memory writes, are aimed at RAM, where they can be read.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { parseConfigSpace } from '../pci/config-space.js';
import { modelOf } from './table.js';

const QEMU = 'qemu-system-x86_64';
const SLOT = 3;
const BARS_AT = 0xe000_0000;
const BAR_STRIDE = 0x0010_0000;
const MESSAGES_AT = 0x0010_0000;
const MARK = 0x600d_0000;

const hex = (value: number): string => `0x${(value >>> 0).toString(16)}`;

/** A machine of QEMU whose processor stands still, driven by commands of docs/devel/testing/qtest. */
class QtestMachine {
  readonly #qemu: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;

  constructor(device: string) {
    const machine = [
      '-machine',
      'q35',
      '-S',
      '-accel',
      'tcg',
      '-m',
      '64',
      '-nodefaults',
      '-display',
      'none',
      '-qtest',
      'stdio',
      '-qtest-log',
      'none',
    ];
    this.#qemu = spawn(QEMU, [...machine, '-device', `${device},bus=pcie.0,addr=${SLOT}`]);
    this.#answers = createInterface({ input: this.#qemu.stdout })[Symbol.asyncIterator]();
  }

  /** Sends a command; its answer comes in turn. */
  send(command: string): void {
    this.#qemu.stdin.write(`${command}\n`);
  }

  /** What the oldest command without an answer gives. */
  async answer(): Promise<string> {
    const { value } = await this.#answers.next();
    if (!String(value).startsWith('OK')) throw new Error(`qtest: ${value}`);
    return String(value).slice(3);
  }

  async ask(command: string): Promise<string> {
    this.send(command);
    return this.answer();
  }

  async readConfig(offset: number): Promise<number> {
    await this.ask(`outl 0xcf8 ${hex(0x8000_0000 | (SLOT << 11) | offset)}`);
    return Number(await this.ask('inl 0xcfc'));
  }

  async writeConfig(offset: number, value: number): Promise<void> {
    await this.ask(`outl 0xcf8 ${hex(0x8000_0000 | (SLOT << 11) | offset)}`);
    await this.ask(`outl 0xcfc ${hex(value)}`);
  }

  async end(): Promise<void> {
    if (this.#qemu.exitCode !== null) return;
    const gone = once(this.#qemu, 'exit');
    this.#qemu.kill('SIGKILL');
    await gone;
  }
}

/** Gives the BARs addresses, and aims the message of each vector at a word of RAM. */
const setUp = async (machine: QtestMachine): Promise<{ id: string; vectors: number }> => {
  const ids = await machine.readConfig(0);
  for (let bar = 0; bar < 6; bar++) await machine.writeConfig(0x10 + 4 * bar, BARS_AT + bar * BAR_STRIDE);
  await machine.writeConfig(0x04, 0x6);
  const words: number[] = [];
  for (let at = 0; at < 256; at += 4) words.push(await machine.readConfig(at));
  const { msix } = parseConfigSpace(new Uint8Array(new Uint32Array(words).buffer));
  if (msix === null) throw new Error('the device has no MSI-X');
  // The tables of these devices begin the BAR that holds their pending bits.
  const table = BARS_AT + msix.pendingBits.bar * BAR_STRIDE;
  const capability = 4 * words.findIndex((word, i) => i >= 16 && (word & 0xff) === 0x11);
  await machine.writeConfig(capability, (words[capability / 4] ?? 0) | 0x8000_0000);
  for (let vector = 0; vector < msix.vectors; vector++) {
    const entry = [MESSAGES_AT + 4 * vector, 0, MARK + vector, 0];
    for (const [i, word] of entry.entries())
      await machine.ask(`writel ${hex(table + 16 * vector + 4 * i)} ${hex(word)}`);
  }
  const id = [ids & 0xffff, ids >>> 16].map((part) => part.toString(16).padStart(4, '0')).join(':');
  return { id, vectors: msix.vectors };
};

/** The vectors whose message came since this was last asked. */
const takeMessages = async (machine: QtestMachine, vectors: number): Promise<number[]> => {
  const range = `${hex(MESSAGES_AT)} ${hex(4 * vectors)}`;
  const bytes = Buffer.from((await machine.ask(`read ${range}`)).slice(2), 'hex');
  await machine.ask(`memset ${range} 0x0`);
  return [...Array(vectors).keys()].filter((vector) => bytes.readUInt32LE(4 * vector) === MARK + vector);
};

let machine: QtestMachine | undefined;
afterEach(() => machine?.end());

describe.skipIf(spawnSync(QEMU, ['--version']).error !== undefined)('provokers on QEMU', () => {
  it.each([
    ['rocker', 4],
    ['rocker,len-ports=31', 66],
    ['e1000e,romfile=', 5],
  ])('%s: each of %i vectors sends its own message, twice over', async (device, expected) => {
    const m = new QtestMachine(device);
    machine = m;
    const { id, vectors } = await setUp(m);
    expect(vectors).toBe(expected);
    let unanswered = 0;
    const settle = async () => {
      for (; unanswered > 0; unanswered--) await m.answer();
    };
    const provoker = modelOf(id)?.provoker({
      read32: () => expect.fail('qtest answers too late for a provoker that reads'),
      write32: (bar, offset, value) => {
        m.send(`writel ${hex(BARS_AT + bar * BAR_STRIDE + offset)} ${hex(value)}`);
        unanswered++;
      },
    });
    provoker?.setUp();
    for (const vector of [...Array(vectors).keys(), ...Array(vectors).keys()]) {
      provoker?.acknowledge(vector);
      provoker?.raise(vector);
      await settle();
      expect(await takeMessages(m, vectors), `vector ${vector} was raised`).toEqual([vector]);
    }
    provoker?.quiesce();
    provoker?.raise(0);
    await settle();
    if (device.startsWith('e1000e')) expect(await takeMessages(m, vectors), 'raised when quiet').toEqual([]);
  });
});
