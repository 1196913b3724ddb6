// SPDX-License-Identifier: MIT
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from './atomic.js';
import { contentKey, fileDigest } from './digest.js';
import { readJson } from './json.js';
import { markUsed } from './used.js';

/**
 * An answer that is asked for once for one content, then remembered in a folder. What is damaged or
 * no longer holds is asked again; a failure is not remembered.
 *
 * @param folder of this kind of answer alone
 * @param inputs everything that can change the answer, as a JSON value
 * @param holds whether an answer can be relied on: one that cannot is not remembered, or forgotten
 * @throws {EnvironmentError} `disk-full`, `state-not-writable`; what `ask` throws
 */
export const remembered = async <T>(
  folder: string,
  inputs: unknown,
  ask: () => Promise<T>,
  holds: (value: T) => Promise<boolean> = async () => true,
): Promise<T> => {
  const path = join(folder, `${contentKey(inputs)}.json`);
  const { digest, value } = Object(await readJson(path)) as { digest?: string; value?: T };
  if (value !== undefined && contentKey(value) === digest && (await holds(value))) {
    markUsed(path);
    return value;
  }
  const found = await ask();
  if (await holds(found))
    await writeAtomic(path, JSON.stringify({ digest: contentKey(found), value: found }));
  return found;
};

/**
 * The SHA-256, in hex, of a large file of the system, which is read once for as long as it is the
 * same file, by what git knows an unchanged one by.
 *
 * @param folder for digests alone
 */
export const rememberedDigest = async (folder: string, path: string): Promise<string> => {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  const same = [path, ...[dev, ino, size, mtimeNs, ctimeNs].map(String)];
  return remembered(folder, same, () => fileDigest(path));
};
