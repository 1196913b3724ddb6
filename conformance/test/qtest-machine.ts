// SPDX-License-Identifier: MIT
// For tests: QEMU's own device models, without a guest and without waiting for one.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Registers } from '../src/devices/device.js';
import type { Width } from '../src/sys/mmio.js';

const QEMU = 'qemu-system-x86_64';
const SLOT = 3;
const BARS_AT = 0xe000_0000;
const BAR_STRIDE = 0x0100_0000;
const barAt = (bar: number): number => BARS_AT + bar * BAR_STRIDE;
const PATIENCE_MS = 10_000;

/** Firmware whose one thing to do, at the reset vector, is to sleep for good: cli; hlt; jmp. */
const FIRMWARE = Buffer.alloc(65536);
FIRMWARE.set([0xfa, 0xf4, 0xeb, 0xfd], 65536 - 16);

/** Of qtest's commands, as readl. */
const LETTERS = { 8: 'b', 16: 'w', 32: 'l' } as const;

const NEVER = new Int32Array(new SharedArrayBuffer(4));

const hex = (value: number): string => `0x${(value >>> 0).toString(16)}`;

/** Whether QEMU is installed here, and has the device. */
export const hasDevice = (device: string): boolean =>
  spawnSync(QEMU, ['-device', 'help'], { encoding: 'utf8' }).stdout?.includes(`name "${device}"`) ?? false;

/** Whether QEMU is installed here. */
export const hasQemu = (): boolean => spawnSync(QEMU, ['--version']).error === undefined;

/**
 * A machine whose processor sleeps, driven by commands of docs/devel/testing/qtest through a pair of
 * pipes. It answers at once, so that a provoker that reads can be tried too.
 */
export class QtestMachine implements Registers {
  readonly #folder = mkdtempSync(join(tmpdir(), 'uio-msi-qtest-'));
  readonly #qemu: ChildProcess;
  readonly #toQemu: number;
  readonly #fromQemu: number;
  #unread = '';

  /**
   * With QEMU's `-device` value, which may name the memory `memory` (1 MiB), the sound card `silence`,
   * and the character device `peers` where there is a socket for it. Other devices may be behind it.
   */
  constructor(device: string, peers: number | null = null, behind: readonly string[] = []) {
    const pipe = join(this.#folder, 'qtest');
    spawnSync('mkfifo', [`${pipe}.in`, `${pipe}.out`]);
    // Both ways at once, because opening one end alone waits for the other.
    this.#toQemu = openSync(`${pipe}.in`, constants.O_RDWR);
    this.#fromQemu = openSync(`${pipe}.out`, constants.O_RDWR | constants.O_NONBLOCK);
    const firmware = join(this.#folder, 'firmware');
    writeFileSync(firmware, FIRMWARE);
    const machine = ['-machine', 'q35', '-accel', 'tcg', '-bios', firmware, '-m', '64'];
    const bare = ['-nodefaults', '-display', 'none', '-object', 'memory-backend-ram,id=memory,size=1M'];
    const sound = ['-audiodev', 'none,id=silence'];
    const qtest = ['-chardev', `pipe,id=qtest,path=${pipe}`, '-qtest', 'chardev:qtest', '-qtest-log', 'none'];
    const socket = peers === null ? [] : ['-chardev', 'socket,id=peers,fd=3'];
    const devices = [`${device},bus=pcie.0,addr=${SLOT}`, ...behind].flatMap((one) => ['-device', one]);
    this.#qemu = spawn(QEMU, [...machine, ...bare, ...sound, ...qtest, ...socket, ...devices], {
      stdio: ['ignore', 'ignore', 'inherit', ...(peers === null ? [] : [peers])],
    });
  }

  /** Gives a command; returns what stands behind `OK`. */
  ask(command: string): string {
    writeSync(this.#toQemu, `${command}\n`);
    const answer = this.#readLine(command);
    if (!answer.startsWith('OK')) throw new Error(`qtest: ${command}: ${answer}`);
    return answer.slice(3);
  }

  readConfig(offset: number): number {
    this.ask(`outl 0xcf8 ${hex(0x8000_0000 | (SLOT << 11) | offset)}`);
    return Number(this.ask('inl 0xcfc'));
  }

  writeConfig(offset: number, value: number): void {
    this.ask(`outl 0xcf8 ${hex(0x8000_0000 | (SLOT << 11) | offset)}`);
    this.ask(`outl 0xcfc ${hex(value)}`);
  }

  /** The first 256 bytes of the device's configuration space. */
  configSpace(): Uint8Array {
    const words = Array.from({ length: 64 }, (_, i) => this.readConfig(4 * i));
    return new Uint8Array(new Uint32Array(words).buffer);
  }

  /** Gives the BARs addresses, and lets the device answer there and master the bus. */
  enable(): void {
    for (let bar = 0; bar < 6; bar++) this.#placeBar(bar);
    this.writeConfig(0x04, 0x6);
  }

  read(bar: number, offset: number, width: Width = 32): number {
    return Number(this.ask(`read${LETTERS[width]} ${hex(barAt(bar) + offset)}`));
  }

  write(bar: number, offset: number, value: number, width: Width = 32): void {
    this.ask(`write${LETTERS[width]} ${hex(barAt(bar) + offset)} ${hex(value)}`);
  }

  /** Many registers in a row, at once. */
  writeAll(bar: number, offset: number, values: Uint32Array): void {
    const bytes = Buffer.from(values.buffer);
    this.ask(`write ${hex(barAt(bar) + offset)} ${hex(bytes.length)} 0x${bytes.toString('hex')}`);
  }

  addressOf(bar: number): bigint {
    return BigInt(barAt(bar));
  }

  async end(): Promise<void> {
    if (this.#qemu.exitCode === null) {
      const gone = once(this.#qemu, 'exit');
      this.#qemu.kill('SIGKILL');
      await gone;
    }
    closeSync(this.#toQemu);
    closeSync(this.#fromQemu);
    rmSync(this.#folder, { recursive: true });
  }

  /** A BAR that is the upper half of the one before keeps its zeros. */
  #placeBar(bar: number): void {
    const isUpperHalf = bar > 0 && (this.readConfig(0x10 + 4 * (bar - 1)) & 0x7) === 0x4;
    if (!isUpperHalf) this.writeConfig(0x10 + 4 * bar, barAt(bar));
  }

  #readLine(command: string): string {
    const deadline = performance.now() + PATIENCE_MS;
    const buffer = Buffer.alloc(65536);
    for (;;) {
      const end = this.#unread.indexOf('\n');
      if (end >= 0) {
        const line = this.#unread.slice(0, end);
        this.#unread = this.#unread.slice(end + 1);
        return line;
      }
      if (performance.now() > deadline) throw new Error(`qtest: no answer to ${command}`);
      this.#unread += this.#readSome(buffer);
    }
  }

  #readSome(buffer: Buffer): string {
    try {
      return buffer.toString('latin1', 0, readSync(this.#fromQemu, buffer));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      // Nobody notifies: this leaves the processor to QEMU for a moment.
      Atomics.wait(NEVER, 0, 0, 0.05);
      return '';
    }
  }
}
