// SPDX-License-Identifier: MIT

/** What happens while work is under way, for whoever shows it. */
export type ProgressEvent =
  /** A piece of work begins; `parent` is the id of the work it is part of. */
  | { readonly type: 'begin'; readonly id: string; readonly title: string; readonly parent?: string }
  /** Something about it changed: a percentage, a file, the last line of a log. */
  | {
      readonly type: 'update';
      readonly id: string;
      /** Absent when it is what it was. */
      readonly text?: string;
      readonly fraction?: number;
      /** Seconds that it takes from now on, by what it took before; null when nobody knows, absent when that is what it was. */
      readonly remaining?: number | null;
    }
  /** It ended; `text` is one line. */
  | {
      readonly type: 'end';
      readonly id: string;
      readonly verdict: 'good' | 'bad' | 'skipped';
      readonly text?: string;
    }
  /** Something the user should know that is tied to no work. */
  | { readonly type: 'note'; readonly text: string };

/** Where progress is told. */
export type Progress = (event: ProgressEvent) => void;

/** For callers that show nothing. */
export const silent: Progress = () => {};
