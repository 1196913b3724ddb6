// SPDX-License-Identifier: MIT
import { expectArmed } from '../bench/armed.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import { GET_INFO, SET_BLOCK, VECTOR_OPERATIONS } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const MAX_S32 = 0x7fff_ffff;
const MIN_S32 = -0x8000_0000;

const number = defineCase({
  id: 'arg.number',
  title: 'the operation has the number, size and layout of the header',
  clauses: ['ARG-01', 'ARG-02'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    // Number and layout spelt out, apart from what every other case uses.
    const call = (vec: number, fd: number) =>
      file.ioctl(0x4008_4987, new Uint8Array(new Int32Array([vec, fd]).buffer));
    const last = bench.rig.vectors - 1;
    const { fd } = bench.counter('the eventfd');
    expectEqual(`ioctl 0x40084987 with { ${last}, ${fd} }`, call(last, fd), SUCCESS);
    expectArmed(bench, file, [last], 'armed by it');
    expectEqual(`ioctl 0x40084987 with { ${last}, -1 }`, call(last, -1), SUCCESS);
    expectArmed(bench, file, [], 'after that');
  },
});

const everyVector = defineCase({
  id: 'arg.every-vector',
  scope: 'device',
  title: 'every vector can be armed, the last one too',
  clauses: ['ARG-03'],
  run: (bench) => {
    const file = bench.open();
    const counter = bench.counter('the eventfd of every vector');
    // In turn, because a machine may have fewer interrupts than the device has vectors.
    for (const vector of bench.vectors) {
      file.arm(vector, counter);
      expectArmed(bench, file, [vector], `when vector ${vector} alone is armed`);
      file.disarm(vector);
    }
  },
});

const vectorRange = defineCase({
  id: 'arg.vector-range',
  title: 'a vector that the device does not have: ERANGE',
  clauses: ['ARG-04'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const { fd } = bench.counter('the eventfd');
    const { vectors } = bench.rig;
    for (const vector of [vectors, vectors + 1, 2048, 0xffff, 0x10000, MAX_S32, 0x8000_0000, 0xffff_ffff]) {
      if (vector < vectors) continue;
      file.refuses('ERANGE', vector, fd);
      file.refuses('ERANGE', vector, -1);
      // Whatever the descriptor is: one that is refused for itself, too.
      file.refuses('ERANGE', vector, -2);
      file.refuses('ERANGE', vector, file.fd);
    }
  },
});

const closedFd = defineCase({
  id: 'arg.closed-fd',
  title: 'a descriptor that is not open: EBADF',
  clauses: ['ARG-05'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const closed = bench.sys.eventfd(0);
    bench.sys.close(closed);
    for (const fd of [closed, 1 << 20, MAX_S32]) file.refuses('EBADF', 0, fd);
  },
});

const negativeFd = defineCase({
  id: 'arg.negative-fd',
  title: 'a negative descriptor other than -1: EBADF, and the vector stays armed',
  clauses: ['ARG-06', 'ARG-09'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    for (const fd of [-2, -3, -4095, MIN_S32]) file.refuses('EBADF', 0, fd);
    file.arm(0, bench.counter('the eventfd'));
    for (const fd of [-2, -3, -4095, MIN_S32]) {
      file.refuses('EBADF', 0, fd);
      expectEqual(`vector 0 armed after fd ${fd}`, bench.rig.armedVectors().has(0), true);
    }
  },
});

const notEventfd = defineCase({
  id: 'arg.not-an-eventfd',
  title: 'a descriptor of anything but an eventfd: EINVAL',
  clauses: ['ARG-07'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const { sys } = bench;
    const others = {
      '/dev/null': sys.open('/dev/null', 0),
      'a regular file': sys.open('/proc/self/exe', 0),
      'a folder': sys.open('/', 0),
      'an epoll instance': sys.epollOf(bench.counter('watched').fd),
    };
    for (const fd of Object.values(others)) bench.closeLater(fd);
    for (const [what, fd] of Object.entries(others))
      expectEqual(`arming with ${what}`, file.set(0, fd), 'EINVAL');
    expectEqual('arming with the UIO file itself', file.set(0, file.fd), 'EINVAL');
  },
});

const unknownOperation = defineCase({
  id: 'arg.unknown-operation',
  title: 'an operation the driver does not have: ENOTTY',
  clauses: ['ARG-08'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const argument = new Uint8Array(64);
    // Numbers of the driver's range that nobody has, neighbours, another type, or nothing right at all.
    const unknown = [0x4986, 0x498d, 0x498e, 0x498f, 0x4985, 0x4990, 0x40084990];
    for (const request of [...unknown, 0x40084a87, 0x4a88, 0x40084900, 0x5401, 0, 0xffff_ffff]) {
      expectEqual(`ioctl 0x${request.toString(16)}`, file.ioctl(request, argument), 'ENOTTY');
    }
  },
});

const wrongSize = defineCase({
  id: 'arg.wrong-encoding',
  title: 'the right number with another size or direction: ENOTTY',
  clauses: ['ARG-08'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const argument = new Uint8Array(64);
    const wrong = {
      'size 0': 0x4000_4987,
      'size 4': 0x4004_4987,
      'size 12': 0x400c_4987,
      'size 16': 0x4010_4987,
      'no direction': 0x0008_4987,
      'direction read': 0x8008_4987,
      'direction both': 0xc008_4987,
    };
    for (const [what, request] of Object.entries(wrong)) {
      expectEqual(`UIO_MSI_IRQ_SET with ${what}`, file.ioctl(request, argument), 'ENOTTY');
    }
    for (const { name, request, size } of [GET_INFO, SET_BLOCK, ...Object.values(VECTOR_OPERATIONS)]) {
      for (const direction of [1, 2, 3]) {
        const encoded = ((direction << 30) | (size << 16) | request) >>> 0;
        expectEqual(`${name} with direction ${direction}`, file.ioctl(encoded, argument), 'ENOTTY');
      }
    }
  },
});

const changesNothing = defineCase({
  id: 'arg.refused-arms-nothing',
  title: 'a refused call arms nothing',
  clauses: ['ARG-09'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const notAnEventfd = bench.closeLater(bench.sys.open('/dev/null', 0));
    file.refuses('EINVAL', 0, notAnEventfd);
    file.refuses('EBADF', 0, -2);
    file.refuses('ERANGE', bench.rig.vectors, bench.counter('the eventfd').fd);
    expectArmed(bench, file, [], 'after refused calls');
    expectEqual('a good call afterwards', file.set(0, bench.counter('another eventfd').fd), SUCCESS);
  },
});

export const argumentCases = [
  number,
  everyVector,
  vectorRange,
  closedFd,
  negativeFd,
  notEventfd,
  unknownOperation,
  wrongSize,
  changesNothing,
];
