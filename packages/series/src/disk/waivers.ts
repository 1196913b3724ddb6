// SPDX-License-Identifier: MIT
import * as z from 'zod/mini';
import { line } from './matrix.js';

const text = z.string().check(z.minLength(1), z.maxLength(1000));

/** A day of the calendar: `2027-03-31`. */
const day = z
  .string('must be a day: 2027-03-31')
  .check(z.refine((value) => isDay(value), 'must be a day: 2027-03-31'));

const isDay = (value: string): boolean => {
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(`${value}T`);
};

/** Findings that somebody decided to live with for a time: those that fit all that it says. */
const Waiver = z
  .strictObject({
    tool: text,
    kind: z.optional(text),
    file: z.optional(text),
    /** What the message has in it. */
    message: z.optional(text),
    /** Absent: all lines. */
    kernels: z.optional(z.array(line).check(z.minLength(1), z.maxLength(200))),
    why: text.check(z.minLength(10, 'must say why, for those who ask later')),
    /** The last day that it holds. */
    until: day,
  })
  .check(
    z.refine(
      ({ kind, file, message }) => (kind ?? file ?? message) !== undefined,
      'must say which findings of the tool, by kind, file or message',
    ),
  );

/** What `series.yaml` says of waivers. */
export const waiversSchema = z._default(z.array(Waiver).check(z.maxLength(1000)), []);

export type SeriesWaiver = z.infer<typeof Waiver>;
