// SPDX-License-Identifier: MIT

/** One member of a cpio archive; `path` is absolute and `mode` the permission bits. */
export type CpioEntry = { readonly path: string } & (
  | { readonly kind: 'folder' }
  | { readonly kind: 'file'; readonly mode: number; readonly content: Uint8Array }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'device'; readonly major: number; readonly minor: number }
);

// File types of st_mode: inode(7). A device here is a character device.
const TYPE = { folder: 0o040755, file: 0o100000, link: 0o120777, device: 0o020600 } as const;

const modeOf = (entry: CpioEntry): number =>
  entry.kind === 'file' ? TYPE.file | entry.mode : TYPE[entry.kind];

const contentOf = (entry: CpioEntry): Uint8Array => {
  if (entry.kind === 'file') return entry.content;
  return Buffer.from(entry.kind === 'link' ? entry.target : '');
};

const padding = (length: number, alignment: number): Buffer =>
  Buffer.alloc((alignment - (length % alignment)) % alignment);

/**
 * One member in the `newc` format: `070701`, thirteen fields of eight hex digits, the name with
 * its NUL, the content; name and content padded to four bytes
 * (Documentation/driver-api/early-userspace/buffer-format.rst).
 */
const member = (
  inode: number,
  name: string,
  mode: number,
  content: Uint8Array,
  device = [0, 0],
): Buffer[] => {
  const path = Buffer.from(`${name}\0`);
  const links = mode & TYPE.folder & 0o040000 ? 2 : 1;
  const fields = [inode, mode, 0, 0, links, 0, content.length, 0, 0, ...device, path.length, 0];
  const header = Buffer.from(`070701${fields.map((f) => f.toString(16).padStart(8, '0')).join('')}`);
  return [
    header,
    path,
    padding(header.length + path.length, 4),
    Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    padding(content.length, 4),
  ];
};

/** The entries with every missing parent folder before what is in it, each path once. */
export const withParents = (entries: readonly CpioEntry[]): CpioEntry[] => {
  const byPath = new Map<string, CpioEntry>();
  for (const entry of entries) {
    const parts = entry.path.split('/').slice(1, -1);
    for (let depth = 1; depth <= parts.length; depth++) {
      const path = `/${parts.slice(0, depth).join('/')}`;
      if (!byPath.has(path)) byPath.set(path, { kind: 'folder', path });
    }
    byPath.set(entry.path, entry);
  }
  return [...byPath.values()];
};

/**
 * An initramfs in cpio's `newc` format. It depends on nothing but its entries: owner 0:0, time
 * 0, inodes counted. Writing it ourselves needs no root for device nodes and no cpio(1).
 * Padded to 512 bytes, so that another archive can follow.
 */
export const cpio = (entries: readonly CpioEntry[]): Buffer => {
  const members = withParents(entries).flatMap((entry, index) =>
    member(
      index + 1,
      entry.path.slice(1),
      modeOf(entry),
      contentOf(entry),
      entry.kind === 'device' ? [entry.major, entry.minor] : [0, 0],
    ),
  );
  const archive = Buffer.concat([...members, ...member(0, 'TRAILER!!!', 0, new Uint8Array())]);
  return Buffer.concat([archive, padding(archive.length, 512)]);
};
