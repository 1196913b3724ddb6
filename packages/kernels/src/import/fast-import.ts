// SPDX-License-Identifier: MIT
import type { Member } from './members.js';

// Larger pieces are fewer calls of write(2); a kernel has 90,000 files.
const PIECE = 256 * 1024;

const quotePath = (path: string): string => `"${path.replace(/["\\]/g, '\\$&')}"`;

async function* commands(members: AsyncIterable<Member>, ref: string): AsyncGenerator<Uint8Array | string> {
  yield `commit ${ref}\ncommitter uio-msi <uio-msi@localhost> 0 +0000\ndata 0\n\n`;
  for await (const { path, mode, size, content } of members) {
    yield `M ${mode} inline ${quotePath(path)}\ndata ${size}\n`;
    yield* content;
    yield '\n';
  }
  // With --done, git takes nothing that ends before this: what threw above has thrown by now.
  yield 'done\n';
}

/**
 * The input of `git fast-import --done` that makes one commit of a tree and puts it at `ref`
 * (git-fast-import(1), "Input Format").
 */
export async function* fastImport(members: AsyncIterable<Member>, ref: string): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const command of commands(members, ref)) {
    const piece = typeof command === 'string' ? Buffer.from(command) : command;
    pieces.push(piece);
    length += piece.length;
    if (length < PIECE) continue;
    yield Buffer.concat(pieces, length);
    pieces = [];
    length = 0;
  }
  yield Buffer.concat(pieces, length);
}
