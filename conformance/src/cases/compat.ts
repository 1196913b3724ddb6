// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { type Counter, takeCount } from '../bench/counter.js';
import { expectEqual } from '../bench/expect.js';
import { FIRST_INHERITED } from '../bench/processes.js';
import { DATA_ADDRESS, runProgram32, runsProgram32 } from '../bench/program32.js';
import { expectTriggered, settle } from '../bench/software.js';
import type { UioFile } from '../bench/uio-file.js';
import { Skip } from '../bench/verdicts.js';
import { errnoName } from '../sys/errno.js';
import { unsigned32, withTail } from '../uapi/struct.js';
import {
  GET_INFO,
  INFO_SIZE,
  irqSet,
  irqSetBlock,
  irqVec,
  parseInfo,
  SET_BLOCK,
  UIO_MSI_IRQ_SET,
  VECTOR_OPERATIONS,
} from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

/** The number that the 32-bit process has for the eventfd it inherits after the file. */
const EVENTFD = FIRST_INHERITED + 1;

const everyOperation = defineCase({
  id: 'compat.every-operation',
  title: 'a 32-bit process sets, queries, masks, unmasks and triggers like any other',
  clauses: ['OPS-12'],
  scope: 'driver',
  run: (bench) => {
    if (!runsProgram32()) throw new Skip('this machine runs no 32-bit program');
    const file = bench.open();
    const counter = bench.counter('the eventfd of the 32-bit process');
    const call = caller(file, counter);
    call('UIO_MSI_IRQ_SET', UIO_MSI_IRQ_SET, irqSet(0, EVENTFD));
    expectSet(bench, file, counter);
    file.disarm(0);
    const block = withTail(irqSetBlock(0, 1, BigInt(DATA_ADDRESS + SET_BLOCK.size)), [
      ...unsigned32(EVENTFD),
    ]);
    call(SET_BLOCK.name, SET_BLOCK.request, block);
    expectSet(bench, file, counter);
    for (const { name, request } of Object.values(VECTOR_OPERATIONS)) call(name, request, irqVec(0));
    expectEqual('the eventfd after all three', takeCount(bench.sys, counter), 1);
    const answer = call(GET_INFO.name, GET_INFO.request, unsigned32(INFO_SIZE, 0, 0, 0, 0, 0));
    expectEqual('what GET_INFO tells it', JSON.stringify(parseInfo(answer)), JSON.stringify(file.info()));
    const failed = caller(file, counter, 'ERANGE');
    failed('UIO_MSI_IRQ_SET', UIO_MSI_IRQ_SET, irqSet(bench.rig.vectors, EVENTFD));
  },
});

const expectSet = (bench: Bench, file: UioFile, counter: Counter): void => {
  settle(bench, [counter]);
  expectTriggered(bench, file, 0, counter);
};

/** Makes calls from a 32-bit process that must come to `expected`. */
const caller =
  (file: UioFile, counter: Counter, expected = 'success') =>
  (name: string, request: number, data: Uint8Array): Uint8Array => {
    const answer = runProgram32(request, data, [file.fd, counter.fd]);
    const outcome = answer.errno === 0 ? 'success' : errnoName(answer.errno);
    expectEqual(`${name} from a 32-bit process`, outcome, expected);
    return answer.data;
  };

export const compatCases = [everyOperation];
