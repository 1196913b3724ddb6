// SPDX-License-Identifier: MIT

import { mapWith } from '../bench/bars.js';
import type { Bench } from '../bench/bench.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { type Resource, readBars } from '../pci/sysfs.js';
import { MOST_MAPS } from '../pci/uio.js';
import { defineCase } from './define.js';

/** Bytes of an entry of the MSI-X table: PCI Local Bus Specification 3.0, 6.8.2.3. */
const ENTRY = 16;

interface Span {
  readonly start: bigint;
  readonly end: bigint;
}

/** The pages that the MSI-X table is on. */
const tablePages = (bench: Bench, bars: readonly Resource[]): Span | null => {
  const { msix } = bench.rig.configSpace();
  if (msix === null) return null;
  const { table, vectors } = msix;
  const page = BigInt(bench.sys.pageSize);
  const start = (bars[table.bar]?.start ?? 0n) + BigInt(table.offset);
  const end = start + BigInt(vectors * ENTRY);
  return { start: (start / page) * page, end: ((end + page - 1n) / page) * page };
};

/** The maps that a device should have: its memory BARs without the pages of the table. */
const expectedMaps = (bars: readonly Resource[], hidden: Span | null): (Span & { name: string })[] =>
  bars.flatMap(({ start, size, isMemory }, bar) => {
    if (!isMemory || start === 0n || size === 0) return [];
    const name = `BAR${bar}`;
    const end = start + BigInt(size);
    if (hidden === null || hidden.end <= start || hidden.start >= end) return [{ name, start, end }];
    const before = { name, start, end: hidden.start };
    const after = { name: `${name}+0x${(hidden.end - start).toString(16)}`, start: hidden.end, end };
    return [before, after].filter((map) => map.start < map.end);
  });

const names = defineCase({
  id: 'raw.maps',
  scope: 'device',
  title: 'each memory BAR has its map, in two parts with a name each where the MSI-X table is cut out',
  clauses: ['RAW-01', 'RAW-02', 'RAW-03', 'RAW-11'],
  mode: 'raw',
  run: (bench) => {
    const bars = readBars(bench.rig.roots, bench.rig.bdf);
    const expected = expectedMaps(bars, tablePages(bench, bars)).slice(0, MOST_MAPS);
    const { maps } = bench.rig.uio();
    expectEqual('maps', maps.map(({ name }) => name).join(' '), expected.map(({ name }) => name).join(' '));
    for (const [i, map] of maps.entries()) {
      const { start, end } = expected[i] ?? { start: 0n, end: 0n };
      const show = (address: bigint) => `0x${address.toString(16)}`;
      expectEqual(`begin of ${map.name}`, show(map.address + BigInt(map.offset)), show(start));
      const page = BigInt(bench.sys.pageSize);
      expectEqual(
        `end of ${map.name}, in whole pages`,
        show(map.address + BigInt(map.size)),
        show(((end + page - 1n) / page) * page),
      );
    }
  },
});

const table = defineCase({
  id: 'raw.no-table',
  scope: 'device',
  title: 'no map shows an entry of the MSI-X table',
  clauses: ['RAW-02'],
  mode: 'raw',
  needs: ['msix'],
  run: (bench) => {
    const bars = readBars(bench.rig.roots, bench.rig.bdf);
    const { maps } = bench.rig.uio();
    const hidden = tablePages(bench, bars);
    expectThat(hidden !== null, 'a device with MSI-X has a table');
    for (let at = hidden?.start ?? 0n; at < (hidden?.end ?? 0n); at += 4n) {
      const map = mapWith(maps, at);
      expectThat(map === undefined, `${map?.name} shows 0x${at.toString(16)}, a page of the MSI-X table`);
    }
  },
});

const mappable = defineCase({
  id: 'raw.every-map',
  scope: 'device',
  title: 'every map can be mapped to its end, and not beyond',
  clauses: ['RAW-04'],
  mode: 'raw',
  run: (bench) => {
    const file = bench.open();
    const { sys } = bench;
    for (const { index, size, name } of bench.rig.uio().maps) {
      const address = sys.mmap(file.fd, size, index * sys.pageSize);
      sys.load(address + BigInt(size - 4));
      sys.munmap(address, size);
      let beyond: bigint | null = null;
      try {
        beyond = sys.mmap(file.fd, size + sys.pageSize, index * sys.pageSize);
      } catch {
        continue;
      }
      sys.munmap(beyond, size + sys.pageSize);
      expectThat(false, `${name} of ${size} bytes can be mapped with a page more`);
    }
  },
});

export const mapCases = [names, table, mappable];
