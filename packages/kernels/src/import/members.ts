// SPDX-License-Identifier: MIT
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ForeseenError } from '@uio-msi/model';
import { extract, type Headers } from 'tar-stream';
import { type MemberKind, memberGuard, refused } from './guard.js';

/** A file or symbolic link of a tree, as git has it. A link's content is its target. */
export interface Member {
  readonly path: string;
  readonly mode: '100644' | '100755' | '120000';
  /** In bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

// Everything else (devices, pipes, hard links) has no place in a source tree.
const KINDS: Readonly<Record<string, MemberKind>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symlink',
};

// tar-stream throws plain errors, where a reader of the archive or of a member happens to be.
const asRefusal = (error: unknown): Error =>
  error instanceof ForeseenError ? error : refused((error as Error).message);

async function* soundly(content: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    throw asRefusal(error);
  }
}

const toMember = (path: string, header: Headers, content: Readable): Member => {
  if (header.type === 'symlink') {
    const target = Buffer.from(header.linkname ?? '');
    return { path, mode: '120000', size: target.length, content: [target] };
  }
  const mode = (header.mode ?? 0) & 0o100 ? '100755' : '100644';
  return { path, mode, size: header.size ?? 0, content: soundly(content) };
};

/**
 * The files and links of a tar archive, their paths below its top folder. Read each member's
 * content before the next member.
 *
 * @throws {EnvironmentError} `tarball-refused` for what is no source tree; what reading `tar` throws
 */
export async function* readMembers(tar: AsyncIterable<Uint8Array>): AsyncGenerator<Member> {
  const archive = extract();
  const fed = pipeline(Readable.from(tar), archive);
  fed.catch(() => {}); // seen below
  const accept = memberGuard();
  try {
    for await (const entry of archive) {
      const { header } = entry;
      const kind = KINDS[header.type ?? 'file'];
      if (!kind) throw refused(`${header.name} is a ${header.type}`);
      const path = accept(header.name, kind, header.linkname);
      if (kind === 'directory') entry.resume();
      else yield toMember(path, header, entry);
      if (kind === 'symlink') entry.resume();
    }
    await fed;
  } catch (error) {
    throw asRefusal(error);
  }
}
