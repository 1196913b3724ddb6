// SPDX-License-Identifier: MIT
import type { DeviceModel, Provoker, Registers } from './device.js';
import { type AdminQueue, COMMAND_SIZE, COMPLETION_SIZE, DEPTH, openAdminQueue } from './nvme-admin.js';

/** NVM Express Base Specification 1.4, figure 139 "Opcodes for Admin Commands". */
const CREATE_SQ = 0x01;
const CREATE_CQ = 0x05;
const SET_FEATURES = 0x09;
const GET_FEATURES = 0x0a;
const NUMBER_OF_QUEUES = 0x07;
/** As many as there are: the controller answers with what it has. */
const MOST_QUEUES = 0xfffe_fffe;
const CONTIGUOUS = 1;
const INTERRUPTS = 1 << 1;

/** Numbers of commands have 16 bits. */
const NUMBERS = 0x1_0000;

const DOORBELLS = 0x1000;

/** The doorbell of a submission queue; that of the completion queue follows. */
const doorbellOf = (queue: number): number => DOORBELLS + 8 * queue;

/**
 * NVM Express: the admin queue has vector 0, and queue pair n gets vector n. A vector is raised by
 * a command that comes to nothing: Flush of namespace 0, which no controller has. All queues lie in
 * memory of the controller (PMR) and share two pages of it, because nobody reads what they say: so
 * the device is told of no address but its own. QEMU's alone: that its pages have 4096 bytes and its
 * doorbells follow each other (CAP.DSTRD is 0) is taken for granted.
 */
export const nvme: DeviceModel = {
  name: 'nvme',
  ids: ['1b36:0010'],
  provoker: (registers) => createNvmeProvoker(registers),
};

const createNvmeProvoker = (registers: Registers): Provoker => {
  let admin: AdminQueue;
  let number = 0;
  /** Commands that each queue pair was given. */
  const given = new Map<number, number>();
  const createPair = (queue: number): void => {
    const { bar, commands, completions } = admin.shared;
    const base = registers.addressOf(bar);
    const size = (DEPTH - 1) << 16;
    const interrupts = CONTIGUOUS | INTERRUPTS | (queue << 16);
    admin.run(CREATE_CQ, queue | size, interrupts, base + BigInt(completions));
    admin.run(CREATE_SQ, queue | size, CONTIGUOUS | (queue << 16), base + BigInt(commands));
    given.set(queue, 0);
  };
  /** Gives a queue pair a command, whose number tells its completion from all that were there before. */
  const flushNothing = (queue: number): void => {
    const { bar, commands, completions } = admin.shared;
    const count = given.get(queue) ?? 0;
    const slot = count % DEPTH;
    const next = (count + 1) % DEPTH;
    number = (number + 1) % NUMBERS;
    registers.write(bar, commands + slot * COMMAND_SIZE, number << 16);
    registers.write(0, doorbellOf(queue), next);
    const completion = completions + slot * COMPLETION_SIZE + 12;
    admin.await(() => (registers.read(bar, completion) & 0xffff) === number);
    registers.write(0, doorbellOf(queue) + 4, next);
    given.set(queue, count + 1);
  };
  return {
    setUp: (vectors) => {
      given.clear();
      admin = openAdminQueue(registers);
      admin.run(SET_FEATURES, NUMBER_OF_QUEUES, MOST_QUEUES);
      for (const vector of vectors) if (vector > 0) createPair(vector);
    },
    raise: (vector) => {
      if (vector === 0) return admin.run(GET_FEATURES, NUMBER_OF_QUEUES);
      if (!given.has(vector)) createPair(vector);
      flushNothing(vector);
    },
    acknowledge: () => undefined,
    quiesce: () => admin.disable(),
  };
};
