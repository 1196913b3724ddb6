// SPDX-License-Identifier: MIT

/** A moment as git keeps it. */
export interface Stamp {
  /** Seconds since 1970. */
  readonly seconds: number;
  /** `+0200`. */
  readonly zone: string;
}

// Until 2100; git's own dates go no further than its users need.
const LAST = 4_102_444_800;
const ZONE = /([+-](?:0\d|1[0-4])[0-5]\d)\b/;

/** Reads the Date: of a mail; null when it is not one that git could keep. */
export const parseStamp = (date: string): Stamp | null => {
  const seconds = Date.parse(date.slice(0, 100)) / 1000;
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LAST) return null;
  return { seconds, zone: ZONE.exec(date.slice(0, 100))?.[1] ?? '+0000' };
};

/** As git's own files have it: `1473632522 +0100`. */
export const gitDate = ({ seconds, zone }: Stamp): string => `${seconds} ${zone}`;
