// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { UserError } from '../errors.js';

/** Leave not to pass a case on a kind of device, for a reason that readers are shown. */
export interface Waiver {
  /** By which it is spoken of: that of an issue, say. */
  readonly id: string;
  /** The device's name in results: `rocker`, or `8086:10d3`. */
  readonly device: string;
  readonly case: string;
  readonly reason: string;
}

const FIELDS = ['id', 'device', 'case', 'reason'] as const;

/**
 * Reads waivers: a JSON list of objects with `id`, `device`, `case` and `reason`.
 *
 * @param where named in messages
 * @throws UserError naming the entry, the field, and what was expected
 */
export const parseWaivers = (text: string, where: string): readonly Waiver[] => {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${where} is not JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(list)) throw new UserError(`${where}: expected a list of waivers`);
  return list.map((one: Partial<Record<string, unknown>> | null, i) => {
    const [id, device, test, reason] = FIELDS.map((field) => {
      const value = one?.[field];
      if (typeof value === 'string' && value.trim() !== '' && value.length <= 1000) return value;
      throw new UserError(`${where}: waiver ${i + 1}: ${field}: expected a text`);
    }) as [string, string, string, string];
    return { id, device, case: test, reason };
  });
};

/** Reads a file of waivers; none without a file. */
export const readWaivers = (file: string | undefined): readonly Waiver[] => {
  if (file === undefined) return [];
  try {
    return parseWaivers(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`Cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
};
