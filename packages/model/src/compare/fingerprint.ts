// SPDX-License-Identifier: MIT
import type { Splat } from '../result.js';

/**
 * A message without what differs between places and times: addresses, offsets in functions, and
 * numbers, those of versions, lines and seconds among them. Pure.
 */
export const withoutNumbers = (message: string): string =>
  message
    .replace(/\+0x[0-9a-f]+\/0x[0-9a-f]+/gi, '')
    .replace(/\b0x[0-9a-f]+\b/gi, '#')
    .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/gi, '#')
    .replace(/\d+(?:\.\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim();

// A frame of a trace: ` uio_msi_ioctl+0x12/0x340 [uio_msi]`. One with a question mark is what the
// unwinder only found on the stack (Documentation/arch/x86/kernel-stacks.rst).
const FRAME = /^[^?]*?\b([A-Za-z_][\w.]*)\+0x[0-9a-f]+\/0x[0-9a-f]+/;

// Frames of whoever reports, not of who is at fault.
const REPORTERS =
  /^(dump_stack|show_stack|print_|kasan_|__kasan_|__asan_|__warn|warn_slowpath|report_bug|handle_bug|exc_|asm_exc_|lock_acquire|lockdep_)/;

// As many as NIPA takes (nipa, contest/remote/lib/crash.py).
const FRAMES = 5;

/** What tells one splat from another wherever it happens: its kind, its title, and the first functions of its trace. Pure. */
export const splatFingerprint = ({ kind, title, text }: Splat): string => {
  const [, ...lines] = text.split('\n');
  const functions = lines.flatMap((line) => FRAME.exec(line)?.[1] ?? []);
  const frames = functions.filter((name) => !REPORTERS.test(name)).slice(0, FRAMES);
  return [kind, withoutNumbers(title), ...new Set(frames)].join(' < ');
};
