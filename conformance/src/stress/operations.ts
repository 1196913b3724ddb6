// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { takeCount } from '../bench/counter.js';
import { readUioDevice, uioNames } from '../pci/uio.js';
import { O_NONBLOCK, O_RDWR, POLLIN } from '../sys/constants.js';
import {
  CONTROL,
  DISARM,
  GET_INFO,
  INFO_SIZE,
  irqSet,
  irqSetBlock,
  irqVec,
  SET_BLOCK,
  UIO_MSI_IRQ_SET,
  VECTOR_OPERATIONS,
  type VectorOperation,
} from '../uapi/uio-msi.js';
import type { Expected } from './figures.js';
import { type Hands, letGo } from './hands.js';
import { type Borrow, lend } from './loan.js';
import { rebind } from './rebind.js';

/** Something a process does at random. */
export interface Operation extends Expected {
  /** How often, beside the others. */
  readonly weight: number;
  /** Without a file it is not done. */
  readonly needsFile: boolean;
  /** Throws what the system call throws. */
  readonly run: (hands: Hands) => void;
}

/** A file of a device that was taken away says so. */
const GONE = ['ENODEV'];

/** Beyond the last vector now and then. */
const anyVector = ({ random, target }: Hands): number =>
  random.below(target.vectors + (random.chance(0.05) ? 3 : 0));

/** An eventfd of this process mostly, or none, or a number that is no eventfd's. */
const anyFd = ({ random, eventfds, file }: Hands): number => {
  if (random.chance(0.8)) return random.pick(eventfds);
  return random.pick([DISARM, DISARM, DISARM, DISARM, -2, 1 << 20, file ?? 0]);
};

const fileOf = ({ file }: Hands): number => file ?? -1;

/** The device's file; one that is not there while the device is nobody's. */
const nodeOf = ({ roots, target }: Hands): string => {
  const [uio = 'uio-gone'] = uioNames(roots, target.bdf);
  return join(roots.dev, uio);
};

const open = (hands: Hands): void => {
  letGo(hands);
  hands.target = hands.random.pick(hands.plan.targets);
  hands.file = hands.sys.open(nodeOf(hands), O_RDWR | O_NONBLOCK);
  lend(hands.plan.folder, hands.target.bdf, hands.file);
};

const setBlock = (hands: Hands): void => {
  const { random, page, sys } = hands;
  const start = anyVector(hands);
  const count = random.below(Math.min(64, hands.target.vectors) + 1);
  const fds = Int32Array.from({ length: count }, () =>
    random.chance(0.98) ? random.pick([DISARM, ...hands.eventfds]) : anyFd(hands),
  );
  page.bytes.set(new Uint8Array(fds.buffer));
  sys.ioctl(fileOf(hands), SET_BLOCK.request, irqSetBlock(start, count, page.address));
};

const info = (hands: Hands): void => {
  const argument = new Uint8Array(INFO_SIZE);
  argument[0] = INFO_SIZE;
  hands.sys.ioctl(fileOf(hands), GET_INFO.request, argument);
};

const vectorOperation = (name: VectorOperation, weight: number): Operation => ({
  name,
  weight,
  needsFile: true,
  mayFail: [...GONE, 'ERANGE', 'ENOENT'],
  run: (hands) => {
    hands.sys.ioctl(fileOf(hands), VECTOR_OPERATIONS[name].request, irqVec(anyVector(hands)));
  },
});

/** First number of the driver's range, 'I' and 0x80; the range and what lies around it. */
const RANGE = 0x4980;

/** Any operation number of the range, in any direction, with any size and any argument. */
const nonsense = (hands: Hands): void => {
  const { random, page, sys } = hands;
  const request =
    ((random.below(4) << 30) | (random.pick([0, 0, 8, 24]) << 16) | (RANGE + random.below(18))) >>> 0;
  for (let i = 0; i < 64; i++) page.bytes[i] = random.chance(0.5) ? 0 : random.below(256);
  if (random.chance(0.7))
    new DataView(page.bytes.buffer, page.bytes.byteOffset).setUint32(
      0,
      random.pick([8, 12, 24, 25, 4096, 4097]),
      true,
    );
  sys.ioctl(fileOf(hands), request, random.chance(0.9) ? page.address : BigInt(random.below(4096)));
};

/** linux/ioctl: reads an int at an address, as the kernel reads any argument, and so faults without a signal. */
const FIONBIO = 0x5421;

/** Maps a page of the device and has the kernel read its first register. */
const map = (hands: Hands): void => {
  const { sys, roots, target, random } = hands;
  const [uio = 'uio-gone'] = uioNames(roots, target.bdf);
  const { maps } = readUioDevice(roots, target.bdf, uio);
  const index = random.below(maps.length + 1);
  const length = sys.pageSize;
  hands.mappings.push({ address: sys.mmap(fileOf(hands), length, index * length), length });
};

const touch = (hands: Hands): void => {
  const { sys, random, mappings, eventfds } = hands;
  const place = mappings[0] === undefined ? 0n : random.pick(mappings).address;
  // The eventfds stay non-blocking: what is read there only decides that, and is set right again.
  const eventfd = random.pick(eventfds);
  try {
    sys.ioctl(eventfd, FIONBIO, place);
  } finally {
    sys.ioctl(eventfd, FIONBIO, new Uint8Array(new Int32Array([1]).buffer));
  }
};

const unmap = (hands: Hands): void => {
  const mapping = hands.mappings.pop();
  if (mapping !== undefined) hands.sys.munmap(mapping.address, mapping.length);
};

const take = ({ sys, eventfds, recorder }: Hands): void => {
  for (const fd of eventfds) recorder.received(takeCount(sys, { fd, label: '' }));
};

/** All that a process does, most of it with a file that it has. */
export const createOperations = (borrow: Borrow): readonly Operation[] => [
  {
    name: 'open',
    weight: 10,
    needsFile: false,
    // EINVAL: while the device is being unregistered, from uio_open() in drivers/uio/uio.c.
    mayFail: ['EBUSY', 'EAGAIN', 'EINVAL', 'ENOENT', 'ENODEV', 'ENXIO', 'ENOSPC'],
    run: open,
  },
  {
    name: 'borrow',
    weight: 20,
    needsFile: false,
    mayFail: ['ENOENT', 'ESRCH', 'EBADF', 'EINVAL', 'EPERM'],
    run: (hands) => {
      letGo(hands);
      hands.target = hands.random.pick(hands.plan.targets);
      hands.file = borrow(hands.plan.folder, hands.target.bdf, nodeOf(hands));
    },
  },
  { name: 'close', weight: 8, needsFile: true, mayFail: [], run: letGo },
  {
    name: 'set',
    weight: 300,
    needsFile: true,
    mayFail: [...GONE, 'ERANGE', 'EBADF', 'EINVAL', 'ENOSPC'],
    run: (hands) => {
      hands.sys.ioctl(fileOf(hands), UIO_MSI_IRQ_SET, irqSet(anyVector(hands), anyFd(hands)));
    },
  },
  {
    name: 'set-block',
    weight: 60,
    needsFile: true,
    mayFail: [...GONE, 'ERANGE', 'EBADF', 'EINVAL', 'ENOSPC'],
    run: setBlock,
  },
  { name: 'info', weight: 40, needsFile: true, mayFail: GONE, run: info },
  vectorOperation('mask', 60),
  vectorOperation('unmask', 90),
  vectorOperation('trigger', 120),
  {
    name: 'control',
    weight: 10,
    needsFile: true,
    mayFail: ['EIO', 'ENODEV', 'EINVAL'],
    run: ({ sys, random, file }) => {
      const value = random.pick([CONTROL.mask, CONTROL.unmask, CONTROL.unmask, 2]);
      sys.write(file ?? -1, new Uint8Array(new Int32Array([value]).buffer));
    },
  },
  {
    name: 'nonsense',
    weight: 60,
    needsFile: true,
    mayFail: [
      ...GONE,
      'ENOTTY',
      'EINVAL',
      'E2BIG',
      'EFAULT',
      'ERANGE',
      'EBADF',
      'ENOENT',
      'ENOMEM',
      'ENOSPC',
    ],
    succeeds: 'nowhere',
    run: nonsense,
  },
  {
    name: 'read',
    weight: 10,
    needsFile: true,
    mayFail: ['EAGAIN', 'EIO', 'ENODEV'],
    succeeds: 'nowhere',
    run: ({ sys, file }) => void sys.read(file ?? -1, 4),
  },
  {
    name: 'poll',
    weight: 10,
    needsFile: true,
    mayFail: [],
    run: ({ sys, file }) => void sys.poll([{ fd: file ?? -1, events: POLLIN }], 0),
  },
  { name: 'take', weight: 60, needsFile: false, mayFail: [], run: take },
  {
    name: 'map',
    weight: 20,
    needsFile: true,
    mayFail: ['ENODEV', 'EINVAL', 'ENOENT', 'EPERM'],
    succeeds: 'in raw mode',
    run: map,
  },
  {
    name: 'touch',
    weight: 60,
    needsFile: true,
    mayFail: ['EFAULT'],
    succeeds: 'in raw mode',
    run: touch,
  },
  { name: 'unmap', weight: 15, needsFile: true, mayFail: [], run: unmap },
  {
    name: 'rebind',
    weight: 1,
    needsFile: false,
    mayFail: ['ENODEV', 'EBUSY', 'EINVAL', 'ENOENT'],
    run: rebind,
  },
];
