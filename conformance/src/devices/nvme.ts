// SPDX-License-Identifier: MIT
import type { DeviceModel, Provoker, Registers } from './device.js';
import { type AdminQueue, openAdminQueue } from './nvme-admin.js';

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

/** Entries of each queue: a page of commands. */
const DEPTH = 64;
/** So many raises are never under way at once, so an entry that old has been completed. */
const COMPLETED = DEPTH / 2;

const DOORBELLS = 0x1000;

/** The doorbell of a submission queue; that of the completion queue follows. CAP.DSTRD is 0. */
const doorbellOf = (queue: number): number => DOORBELLS + 8 * queue;

/**
 * NVM Express: the admin queue has vector 0, and queue pair n gets vector n. A vector is raised by
 * a command that comes to nothing: Flush of namespace 0, which no controller has. All queues lie in
 * memory of the controller (PMR) and share two pages of it, because nobody reads what they say: so
 * the device is told of no address but its own.
 */
export const nvme: DeviceModel = {
  name: 'nvme',
  ids: ['1b36:0010'],
  provoker: (registers) => createNvmeProvoker(registers),
};

const createNvmeProvoker = (registers: Registers): Provoker => {
  let admin: AdminQueue;
  /** Commands that each queue pair was given. */
  const raised = new Map<number, number>();
  const createPair = (queue: number): void => {
    const size = (DEPTH - 1) << 16;
    const [commands, completions] = admin.sharedPages;
    admin.run(CREATE_CQ, queue | size, CONTIGUOUS | INTERRUPTS | (queue << 16), completions);
    admin.run(CREATE_SQ, queue | size, CONTIGUOUS | (queue << 16), commands);
    raised.set(queue, 0);
  };
  return {
    setUp: (vectors) => {
      raised.clear();
      admin = openAdminQueue(registers);
      admin.run(SET_FEATURES, NUMBER_OF_QUEUES, MOST_QUEUES);
      for (const vector of vectors) if (vector > 0) createPair(vector);
    },
    raise: (vector) => {
      if (vector === 0) return admin.submit(GET_FEATURES, NUMBER_OF_QUEUES);
      if (!raised.has(vector)) createPair(vector);
      const count = (raised.get(vector) ?? 0) + 1;
      raised.set(vector, count);
      const completed = Math.max(0, count - COMPLETED);
      registers.write32(0, doorbellOf(vector) + 4, completed % DEPTH);
      registers.write32(0, doorbellOf(vector), count % DEPTH);
    },
    acknowledge: () => undefined,
    quiesce: () => admin.disable(),
  };
};
