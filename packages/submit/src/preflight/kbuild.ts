// SPDX-License-Identifier: MIT
import { dirname, posix } from 'node:path';

/** Makefiles and Kconfig files by their paths. */
export type BuildFiles = ReadonlyMap<string, string>;

/** How a source comes into the kernel. */
export interface Built {
  /** Names of `CONFIG_…` that its Makefile lines ask for; none where it is always built. */
  readonly symbols: readonly string[];
}

const ASSIGNMENT = /^([\w.$()-]+)\s*[:+?]?=\s*(.*)$/;
const SYMBOL = /\$\(CONFIG_(\w+)\)/g;

// obj-y, obj-$(CONFIG_X), lib-m; everything else with a name before the dash is an object's parts
// (makefiles.rst, "Composite objects").
const GOAL = /^(?:obj|lib|core|drivers|virt|kvm|head|extra|always)-/;
const PARTS = /^(.+?)-(?:y|m|objs|\$\(CONFIG_\w+\))$/;

// An object in an object in an object is as far as anybody goes.
const DEEPEST = 4;

/**
 * Finds the line that builds a source, in the Makefile of its folder or of one above.
 *
 * @returns null when there is none
 */
export const builtBy = (path: string, files: BuildFiles): Built | null => {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const object = posix.relative(folder, path).replace(/\.[cS]$/, '.o');
    for (const name of ['Kbuild', 'Makefile']) {
      const text = files.get(posix.join(folder, name));
      const found = text === undefined ? null : search(object, assignmentsIn(text), 0);
      if (found) return { symbols: [...new Set(found)] };
    }
    if (folder === '.') return null;
  }
};

type Assignment = readonly [name: string, words: readonly string[]];

const assignmentsIn = (text: string): Assignment[] =>
  text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, name, value = ''] = ASSIGNMENT.exec(line.replace(/#.*$/, '').trim()) ?? [];
      return name === undefined ? [] : [[name, value.split(/\s+/)] as const];
    });

const search = (object: string, all: readonly Assignment[], depth: number): string[] | null => {
  if (depth > DEEPEST) return null;
  for (const [name, words] of all) {
    if (!words.includes(object)) continue;
    const symbols = [...name.matchAll(SYMBOL)].map(([, symbol]) => symbol ?? '');
    if (GOAL.test(name)) return symbols;
    const whole = PARTS.exec(name)?.[1];
    const above = whole === undefined ? null : search(`${whole}.o`, all, depth + 1);
    if (above) return [...symbols, ...above];
  }
  return null;
};

/** Whether a Kconfig file has a symbol. */
export const isConfigured = (symbol: string, files: BuildFiles): boolean =>
  [...files].some(
    ([path, text]) =>
      posix.basename(path).startsWith('Kconfig') &&
      new RegExp(`^\\s*(?:menu)?config\\s+${symbol}\\s*$`, 'm').test(text),
  );
