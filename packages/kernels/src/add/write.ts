// SPDX-License-Identifier: MIT
import { readIfThere, writeAtomic } from '@uio-msi/host';
import { isMap, isSeq, parseDocument, type Scalar } from 'yaml';
import type { Kernel } from '../catalogue/kernel.js';
import { newestFirst } from '../catalogue/version.js';

/** The text of a catalogue with one kernel more, where its version belongs; remarks and order of all else stay. */
export const withKernel = (text: string, kernel: Kernel): string => {
  const document = parseDocument(text);
  const list = document.get('kernels');
  if (!isSeq(list)) throw new Error('a catalogue without a list of kernels');
  const node = document.createNode(kernel);
  for (const key of ['line', 'version']) {
    const value = node.get(key, true) as Scalar; // 6.10 is no number
    value.type = 'QUOTE_DOUBLE';
  }
  node.spaceBefore = true;
  const at = list.items.findIndex(
    (item) => isMap(item) && newestFirst(`${item.get('version')}`, kernel.version) > 0,
  );
  list.items.splice(at < 0 ? list.items.length : at, 0, node);
  // What had no line before it because it was the first has one now.
  for (const item of list.items.slice(1)) if (isMap(item)) item.spaceBefore = true;
  const [first] = list.items;
  if (isMap(first)) first.spaceBefore = false;
  return document.toString({ lineWidth: 0 });
};

/** Adds a kernel to a catalogue's file, whole or not at all. Call it under a lock. */
export const addToCatalogue = async (file: string, kernel: Kernel): Promise<void> =>
  writeAtomic(file, withKernel((await readIfThere(file)) ?? '', kernel));
