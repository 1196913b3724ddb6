// SPDX-License-Identifier: MIT
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { UserError } from '../errors.js';
import { LIMITS, type ProvokerFile } from './provoker-file.js';
import { readProvoker } from './read-provoker.js';

/**
 * Reads the file of a provoker.
 *
 * @throws UserError when it cannot be read, or is none: see `readProvoker`
 */
export const loadProvoker = (path: string): ProvokerFile => readProvoker(readText(path), path);

/** Of a plain file alone: others may never end, or never begin. */
const readText = (path: string): string => {
  const fd = open(path);
  try {
    const facts = fstatSync(fd);
    if (!facts.isFile())
      throw new UserError(`${path} is no plain file: expected a provoker, in YAML or JSON`);
    if (facts.size > LIMITS.file)
      throw new UserError(`${path} has ${facts.size} bytes: expected a provoker of ${LIMITS.file} at most`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(fd));
  } catch (error) {
    if (error instanceof TypeError) throw new UserError(`${path} is not text in UTF-8: expected a provoker`);
    throw error;
  } finally {
    closeSync(fd);
  }
};

const open = (path: string): number => {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new UserError(`Cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
};
