// SPDX-License-Identifier: MIT
import type { WriteStream } from 'node:tty';
import type { Progress } from '@uio-msi/model';
import { liveProgress } from './live.js';
import { plainProgress } from './plain.js';

/** How progress is shown. */
export interface ProgressStyle {
  readonly color: boolean;
  /** Also what ended deeper than one level. */
  readonly verbose: boolean;
}

/** Progress under way. */
export interface ShownProgress {
  readonly progress: Progress;
  /** Leaves the terminal as results expect it. */
  readonly end: () => void;
}

/** Shows progress: a live view on a terminal, lines elsewhere. */
export const startProgress = (stream: WriteStream, style: ProgressStyle): ShownProgress =>
  stream.isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI']
    ? liveProgress(stream, style)
    : plainProgress(stream, style);
