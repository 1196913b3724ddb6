// SPDX-License-Identifier: MIT

/** One line of JSON that a guest sent. Only `type` is known to be there: check the rest. */
export interface GuestRecord {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A line as a record; null when it is not a JSON object with a `type`. */
export const parseRecord = (line: string): GuestRecord | null => {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
};

const isRecord = (value: unknown): value is GuestRecord =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
