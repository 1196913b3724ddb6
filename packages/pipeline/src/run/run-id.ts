// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';

/** A run's name: its start in UTC and four random hex digits, so that names sort by time. */
export const runId = (started: Date): string => {
  const time = started.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  return `${time}-${randomBytes(2).toString('hex')}`;
};

/** Whether a text is the name of a run; nothing else may become part of a path. */
export const isRunId = (text: string): boolean => /^\d{8}T\d{6}Z-[0-9a-f]{4}$/.test(text);
