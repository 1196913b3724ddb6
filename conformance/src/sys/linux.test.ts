// SPDX-License-Identifier: MIT
// The real kernel of this machine; none of it needs root or a device.
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type Counter, eventfdId, peekCount, signalled, takeCount } from '../bench/counter.js';
import { awaitSleeper } from '../bench/sleepers.js';
import { irqSet, UIO_MSI_IRQ_SET } from '../uapi/uio-msi.js';
import { CAP_SYS_RAWIO, O_RDONLY, O_RDWR, POLLIN } from './constants.js';
import { SysError } from './errno.js';
import { loadLibC } from './libc.js';
import { createLinuxSys } from './linux.js';
import { createMmio } from './mmio.js';
import { restarting, restartingAsync } from './restart.js';

const sys = createLinuxSys();

const codeOf = (call: () => unknown): string => {
  try {
    call();
    return 'success';
  } catch (error) {
    return error instanceof SysError ? error.code : String(error);
  }
};

const withFd = <T>(fd: number, use: (fd: number) => T): T => {
  try {
    return use(fd);
  } finally {
    sys.close(fd);
  }
};

const add = (fd: number, value: bigint) => sys.write(fd, new Uint8Array(new BigUint64Array([value]).buffer));

describe('descriptors over sockets', () => {
  it('arrive as another number of the same open file', () => {
    const counter: Counter = { fd: sys.eventfd(7), label: 'sent' };
    const [from, to] = sys.socketPair();
    sys.sendDescriptor(from, counter.fd);
    sys.sendDescriptor(from, counter.fd);
    const id = eventfdId(counter);
    sys.close(counter.fd);
    for (const _ of [1, 2]) {
      withFd(sys.receiveDescriptor(to), (fd) => expect(eventfdId({ fd, label: 'received' })).toBe(id));
    }
    sys.close(from);
    sys.close(to);
  });
});

describe('memory', () => {
  it('is there until it is unmapped, and read-only when protected', () => {
    const length = 2 * sys.pageSize;
    const { address, bytes } = sys.allocate(length);
    bytes.set([1, 2, 3], sys.pageSize - 3);
    withFd(sys.open('/dev/zero', O_RDWR), (fd) => {
      const at = address + BigInt(sys.pageSize - 3);
      expect(codeOf(() => sys.ioctl(fd, 0x5421, at))).not.toBe('EFAULT'); // FIONBIO reads an int
      sys.protect(address, length);
      expect(bytes[sys.pageSize - 1]).toBe(3);
      sys.munmap(address + BigInt(sys.pageSize), sys.pageSize);
      expect(codeOf(() => sys.ioctl(fd, 0x5421, at))).toBe('EFAULT');
    });
    sys.munmap(address, sys.pageSize);
  });
});

describe('dropCapability', () => {
  it('takes the one capability from the thread', () => {
    const held = () =>
      BigInt(`0x${/^CapEff:\s*(\w+)/m.exec(readFileSync('/proc/thread-self/status', 'utf8'))?.[1]}`);
    const before = held();
    sys.dropCapability(CAP_SYS_RAWIO);
    expect(held()).toBe(before & ~(1n << BigInt(CAP_SYS_RAWIO)));
  });
});

describe('errno', () => {
  it('names what the kernel says of a bad call', () => {
    expect(codeOf(() => sys.open('/nonexistent', O_RDONLY))).toBe('ENOENT');
    expect(codeOf(() => sys.close(1 << 20))).toBe('EBADF');
    withFd(sys.open('/dev/null', O_RDWR), (fd) => {
      expect(codeOf(() => sys.ioctl(fd, UIO_MSI_IRQ_SET, irqSet(0, -1)))).toBe('ENOTTY');
    });
  });

  it('says EAGAIN, not its second name', () => {
    withFd(sys.eventfd(0), (fd) => expect(codeOf(() => sys.read(fd, 8))).toBe('EAGAIN'));
  });
});

describe('eventfd', () => {
  it('counts, is seen without being read, and is zero once read', () => {
    withFd(sys.eventfd(4), (fd) => {
      const counter: Counter = { fd, label: 'it' };
      add(fd, 1n);
      expect(peekCount(counter)).toBe(5);
      expect(takeCount(sys, counter)).toBe(5);
      expect(takeCount(sys, counter)).toBe(0);
    });
  });

  it('tells the signalled ones from the others', () => {
    const counters = ['a', 'b', 'c'].map((label) => ({ fd: sys.eventfd(0), label }));
    add(counters[1]?.fd ?? -1, 1n);
    expect(signalled(sys, counters, 0).map(({ label }) => label)).toEqual(['b']);
    for (const { fd } of counters) sys.close(fd);
  });

  it('has a number of its own', () => {
    const make = () => ({ fd: sys.eventfd(0), label: 'it' });
    const [a, b] = [make(), make()];
    expect(eventfdId(a)).not.toBe(eventfdId(b));
    sys.close(a.fd);
    sys.close(b.fd);
  });

  it('is the same under a duplicated number', () => {
    withFd(sys.eventfd(0), (fd) =>
      withFd(sys.dup(fd), (copy) => {
        add(copy, 3n);
        expect(takeCount(sys, { fd, label: 'original' })).toBe(3);
      }),
    );
  });
});

describe('waiting', () => {
  it('poll comes back when its time is over', () => {
    withFd(sys.eventfd(0), (fd) => expect(sys.poll([{ fd, events: POLLIN }], 20)).toEqual([0]));
  });

  it('a poll on its own thread is woken from this one', async () => {
    const fd = sys.eventfd(0);
    const sleeper = sys.pollAsync([{ fd, events: POLLIN }], 10_000);
    add(fd, 1n);
    expect(await sleeper).toEqual([POLLIN]);
    sys.close(fd);
  });

  it('tells when another thread sleeps in poll or epoll', async () => {
    const fd = sys.eventfd(0);
    const epoll = sys.epollOf(fd);
    const sleepers = [sys.pollAsync([{ fd, events: POLLIN }], 10_000), sys.epollWaitAsync(epoll, 10_000)];
    awaitSleeper(sys, 'poll');
    awaitSleeper(sys, 'epoll', epoll);
    add(fd, 1n);
    expect(await Promise.all(sleepers)).toEqual([[POLLIN], true]);
    for (const open of [epoll, fd]) sys.close(open);
  });

  it('goes on with what is left of the time after a signal', async () => {
    const interrupted = [new SysError('poll', constants.errno.EINTR), new SysError('poll', 0)];
    const left: number[] = [];
    const call = (ms: number): number => {
      left.push(ms);
      const error = interrupted.shift();
      if (error !== undefined) throw error;
      return 1;
    };
    expect(() => restarting(1000, call)).toThrow('errno 0');
    interrupted.push(new SysError('poll', 0));
    expect(await restartingAsync(1000, async (ms) => call(ms))).toBe(1);
    expect(left.every((ms) => ms > 0 && ms <= 1000)).toBe(true);
    await expect(restartingAsync(0, async () => Promise.reject(new SysError('poll', 0)))).rejects.toThrow();
  });

  it('epoll reports what it watches', () => {
    withFd(sys.eventfd(0), (fd) =>
      withFd(sys.epollOf(fd), (epoll) => {
        expect(sys.epollWait(epoll, 0)).toBe(false);
        add(fd, 1n);
        expect(sys.epollWait(epoll, 0)).toBe(true);
      }),
    );
  });
});

describe('memory', () => {
  it('a 32-bit store changes four bytes and no more, a load reads them', () => {
    const fd = sys.open('/dev/zero', O_RDWR);
    const page = sys.mmap(fd, sys.pageSize, 0);
    sys.store(page + 8n, 0xdead_beef);
    expect([0n, 4n, 8n, 12n].map((at) => sys.load(page + at))).toEqual([0, 0, 0xdead_beef, 0]);
    sys.store(page + 8n, -1);
    expect(sys.load(page + 8n)).toBe(0xffff_ffff);
    sys.munmap(page, sys.pageSize);
    sys.close(fd);
  });

  it.each([8, 16] as const)('a store of %i bits changes no more than that, a load reads no more', (width) => {
    const { address } = sys.allocate(sys.pageSize);
    sys.store(address, 0x1111_1111);
    sys.store(address + 2n, 0xdead_beef, width);
    expect(sys.load(address)).toBe(width === 8 ? 0x11ef_1111 : 0xbeef_1111);
    expect(sys.load(address + 2n, width)).toBe(width === 8 ? 0xef : 0xbeef);
    sys.munmap(address, sys.pageSize);
  });

  it('reaches registers by several of its kind in one process', () => {
    const page = sys.allocate(sys.pageSize);
    for (const [i, each] of [createLinuxSys(), createLinuxSys()].entries()) {
      each.store(page.address, i + 1);
      expect(each.load(page.address)).toBe(i + 1);
    }
  });

  it('refuses an address between registers', () => {
    expect(() => sys.load(0x1002n)).toThrow(RangeError);
  });

  it('says so on an architecture whose instructions it does not know', () => {
    expect(() => createMmio(loadLibC(), 'mips')).toThrow('Cannot access device registers on mips');
  });
});

it('keeps the calling thread on a processor, and lets it go again', () => {
  const before = sys.affinity();
  const byte = before.findIndex((bits) => bits !== 0);
  const lowest = (before[byte] ?? 0) & -(before[byte] ?? 0);
  const one = before.map((_, at) => (at === byte ? lowest : 0));
  sys.setAffinity(one);
  expect(sys.affinity()).toEqual(one);
  sys.setAffinity(before);
  expect(sys.affinity()).toEqual(before);
});
