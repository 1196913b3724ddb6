// SPDX-License-Identifier: MIT

/** An object that kmemleak found nobody to point to. */
export interface LeakedObject {
  /** Size, and the process that allocated it. */
  readonly what: string;
  /** Functions that allocated it, innermost first, with their module. */
  readonly backtrace: readonly string[];
}

/** Reads /sys/kernel/debug/kmemleak: mm/kmemleak.c, print_unreferenced(). Pure. */
export const parseKmemleak = (text: string): LeakedObject[] =>
  text
    .split(/^(?=unreferenced object )/m)
    .filter((part) => part.startsWith('unreferenced object '))
    .map((part) => {
      const size = /\((size \d+)\)/.exec(part)?.[1] ?? 'size unknown';
      const comm = /^ *comm "(.*?)"/m.exec(part)?.[1] ?? 'unknown';
      const [, trace = ''] = part.split(/^ *backtrace.*:\n/m);
      return {
        what: `${size}, allocated by ${comm}`,
        backtrace: trace.split('\n').flatMap((line) => line.trim().replace(/^\[<[^>]*>\] /, '') || []),
      };
    });

/** Those that a UIO driver's code allocated, itself or through others. Pure. */
export const leakedByUio = (objects: readonly LeakedObject[]): LeakedObject[] =>
  objects.filter(({ backtrace }) => backtrace.some((frame) => /\[uio(_msi)?\]|^_*uio_/.test(frame)));
