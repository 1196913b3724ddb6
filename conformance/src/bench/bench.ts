// SPDX-License-Identifier: MIT

import { existsSync } from 'node:fs';
import type { Place } from '../pci/config-space.js';
import { deviceFolder } from '../pci/sysfs.js';
import { O_RDWR } from '../sys/constants.js';
import type { Sys } from '../sys/sys.js';
import { Actors } from './actors.js';
import { type MappedRegisters, mapRegisters } from './bars.js';
import type { Cleanup } from './cleanup.js';
import type { Counter } from './counter.js';
import { expectEqual, expectThat, type Outcome, outcomeOf, SUCCESS } from './expect.js';
import { createHardware, type Hardware } from './hardware.js';
import type { Machine } from './machine.js';
import type { Rig } from './rig.js';
import { type Trace, UioFile } from './uio-file.js';

/**
 * A processor serves some 200 interrupts (x86: 256 less those of the kernel), so a machine may have
 * fewer than a device has vectors.
 */
const MOST_AT_ONCE = 128;

/** A port may wait a second for a link to come back before it believes that the device is gone. */
const NOTICED_MS = 8000;

/** What a bench is made of. */
export interface BenchParts {
  readonly sys: Sys;
  readonly rig: Rig;
  readonly cleanup: Cleanup;
  readonly trace: Trace;
  /** The suite's own program, for second processes. */
  readonly entry: string;
  readonly machine: Machine;
}

/** What a case works with. Whatever it opens here is closed after it. */
export class Bench {
  readonly sys: Sys;
  readonly rig: Rig;
  readonly machine: Machine;
  readonly actors: Actors;
  readonly #parts: BenchParts;
  readonly #files = new Set<UioFile>();
  /** Files of a device that was taken away: they can be closed, and nothing else. */
  readonly #dead = new Set<UioFile>();
  #hardware: Hardware | null = null;

  constructor(parts: BenchParts) {
    this.sys = parts.sys;
    this.rig = parts.rig;
    this.machine = parts.machine;
    this.actors = new Actors(parts);
    this.#parts = parts;
  }

  /** The same for another device of the run. What it opens is closed after the case, too. */
  on(rig: Rig): Bench {
    return new Bench({ ...this.#parts, rig });
  }

  /** The vectors that cases arm at once: all of the device, or the first of very many. */
  get vectors(): number[] {
    return Array.from({ length: Math.min(this.rig.vectors, MOST_AT_ONCE) }, (_, vector) => vector);
  }

  /** Opens the device's /dev/uioN, which nobody may have open. */
  open(): UioFile {
    const { node } = this.rig.uio();
    this.#parts.trace(`open ${node}`);
    let fd = -1;
    const outcome = outcomeOf(() => {
      fd = this.sys.open(node, O_RDWR);
    });
    expectEqual(`open ${node}`, outcome, SUCCESS);
    this.rig.noteGranted();
    return this.adopt(fd);
  }

  /** Tries to open it while somebody has it, or may not: says how that went. */
  tryOpen(flags: number = O_RDWR): Outcome {
    const { node } = this.rig.uio();
    this.#parts.trace(`open ${node}, which should fail`);
    return outcomeOf(() => this.closeLater(this.sys.open(node, flags)));
  }

  /** A descriptor of the file, however the case came by it. The case closes it, or else the clean-up. */
  adopt(fd: number): UioFile {
    const file = new UioFile(this.sys, this.#parts.trace, fd);
    this.#files.add(file);
    this.later(() => this.close(file));
    return file;
  }

  /** Closes the file; nothing when it is closed already. */
  close(file: UioFile): void {
    if (!this.#files.has(file) && !this.#dead.has(file)) return;
    // All files are descriptors of one: open is exclusive. The last one is needed to silence the device.
    if (this.#files.has(file) && this.#files.size === 1) this.#releaseHardware();
    else this.#hardware?.unmap();
    this.#files.delete(file);
    this.#dead.delete(file);
    this.#parts.trace('close');
    this.sys.close(file.fd);
  }

  /** A second descriptor of a file. The case closes it, or else the clean-up. */
  dup(file: UioFile): UioFile {
    return this.adopt(this.sys.dup(file.fd));
  }

  /** A new eventfd. `label` stands for it in messages. */
  counter(label: string, initial = 0): Counter {
    const fd = this.sys.eventfd(initial);
    this.#parts.cleanup.add(() => this.sys.close(fd));
    return { fd, label };
  }

  /** A descriptor that the case opened by other means, to be closed after it. */
  closeLater(fd: number): number {
    this.later(() => this.sys.close(fd));
    return fd;
  }

  /** Something to be undone after the case, whatever happens. */
  later(undo: () => void): void {
    this.#parts.cleanup.add(undo);
  }

  /**
   * Makes the device ready to raise its vectors. Some raise one while that is done: whoever counts what
   * comes has it done before anything is armed. A file must be open.
   */
  getReady(): void {
    this.#parts.trace('get the device ready');
    this.#throughRegisters();
  }

  /** Has the device raise a vector. A file must be open: the device may not master the bus otherwise. */
  raise(vector: number): void {
    this.#parts.trace(`raise vector ${vector}`);
    this.acknowledge(vector);
    // A line that was seen stays masked until it is unmasked; if it is not armed, that is no matter.
    if (this.rig.hasLine()) this.#file().attempt('unmask', vector);
    this.#throughRegisters().raise(vector);
  }

  /** Has the device assert its interrupt line, and nobody unmask it for that. */
  assert(): void {
    this.#parts.trace('assert the interrupt line');
    this.#throughRegisters().raise(0);
  }

  /** Has the device go on as it is when its file is closed, asserting its line perhaps. */
  leaveAsserting(): void {
    this.#hardware?.release('go on');
    this.#hardware = null;
  }

  /** Tells the device that its vector was seen: it lets go of its interrupt line. */
  acknowledge(vector: number): void {
    this.#throughRegisters().acknowledge(vector);
  }

  /** Has the driver use the device's interrupt line, in this case alone, whatever else it has. */
  useLine(): void {
    if (this.rig.hasLine()) return;
    this.#parts.trace('bind without messages');
    this.later(() => this.rig.allowMessages(true));
    this.rig.allowMessages(false);
    this.rig.bind();
  }

  /**
   * Whether the device holds an interrupt of the vector back until it is armed; null when that
   * cannot be seen, as in safe mode. A file must be open.
   */
  isPending(vector: number): boolean | null {
    if (this.rig.hasLine()) return this.rig.configSpace().intx?.asserted ?? null;
    return this.rig.mode() === 'raw' ? this.#throughRegisters().isPending(vector) : null;
  }

  /** The same of a device that nobody has got ready since it was opened, and without that. */
  isPendingUntouched(vector: number): boolean | null {
    const untouched = createHardware(this.#registers(), null, this.#pendingBits(), []);
    try {
      return untouched.isPending(vector);
    } finally {
      untouched.release();
    }
  }

  /** Takes the device from the driver, open or not. Registers are not touched any more. */
  unbind(): void {
    this.#deviceGoes();
    this.#parts.trace('unbind');
    this.rig.unbind();
  }

  /** Gives it to the driver again. */
  bind(): void {
    this.#parts.trace('bind');
    this.rig.bind();
  }

  /** Removes the device through sysfs. */
  remove(): void {
    this.#deviceGoes();
    this.#parts.trace('remove');
    this.rig.remove();
  }

  /** Has the kernel find it again, and binds it. */
  rescan(): void {
    this.#parts.trace('rescan');
    this.rig.rescan();
    this.rig.bind();
  }

  /** Tears the device out of its slot: it is gone for good. */
  tearOut(): void {
    this.#parts.trace('switch the slot off');
    this.#deviceGoes();
    this.rig.tearOut();
    this.#parts.trace('wait for the kernel to notice');
    const deadline = performance.now() + NOTICED_MS;
    while (existsSync(deviceFolder(this.rig.roots, this.rig.bdf))) {
      expectThat(performance.now() < deadline, 'the kernel did not notice that the device is gone');
      this.sys.poll([], 10);
    }
  }

  /** One of the descriptors that are open. */
  #file(): UioFile {
    const [file] = this.#files;
    if (file === undefined) throw new Error('registers were wanted while no file was open');
    return file;
  }

  #throughRegisters(): Hardware {
    this.#hardware ??= createHardware(this.#registers(), this.rig.model, this.#pendingBits(), this.vectors);
    return this.#hardware;
  }

  #registers(): MappedRegisters {
    return mapRegisters({ ...this.rig, sys: this.sys, fd: () => this.#file().fd });
  }

  #pendingBits(): Place | null {
    return this.rig.configSpace().msix?.pendingBits ?? null;
  }

  /** Before the file goes, because a mapping would keep it open; and before the device goes. */
  #releaseHardware(): void {
    this.#hardware?.release();
    this.#hardware = null;
  }

  #deviceGoes(): void {
    this.#releaseHardware();
    for (const file of this.#files) this.#dead.add(file);
    this.#files.clear();
  }
}
