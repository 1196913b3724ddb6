// SPDX-License-Identifier: MIT
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Mode } from '../bench/mode.js';
import { EnvironmentError, UserError } from '../errors.js';
import { type Bdf, isBdf } from '../pci/address.js';
import type { Step } from '../pci/steps.js';
import type { Binding, Roots } from '../pci/sysfs.js';
import { isAlive, type Owner } from './owner.js';

/*
 * What a run changes of the machine is written down before it changes anything, so that whoever
 * comes after a run that was killed can undo it. /run is emptied when the machine starts, and then
 * sysfs too is as if nothing had been.
 */
export const JOURNAL = '/run/uio-msi-conformance/journal.json';

/** A device as a run found it. */
export interface BorrowedDevice extends Binding {
  readonly bdf: Bdf;
  /** Only means something for a device that was bound to uio_msi already. */
  readonly mode: Mode;
}

/** What a run borrows, and how each was. */
export interface Journal {
  readonly version: 1;
  readonly owner: Owner;
  readonly devices: readonly BorrowedDevice[];
  /** What gives attributes of the devices the values they had. */
  readonly attributes: readonly Step[];
  /** What gives the driver's module parameters the values they had. */
  readonly parameters: readonly Step[];
}

/**
 * Writes down what is about to be borrowed.
 *
 * @throws EnvironmentError when another run has devices, or one that was killed did not give them back
 */
export const openJournal = (journal: Journal, roots: Roots, file = JOURNAL): void => {
  const other = readJournal(roots, file);
  if (other !== null) {
    throw new EnvironmentError(
      isAlive(other.owner, roots)
        ? `Process ${other.owner.pid} has ${devicesOf(other)} under test. Wait for it, or end it: it gives them back`
        : `A run that was killed (process ${other.owner.pid}) did not give ${devicesOf(other)} back. First: uio-msi-conformance restore`,
    );
  }
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    createWhole(file, `${JSON.stringify(journal, null, 2)}\n`);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    if (why === 'EEXIST')
      throw new EnvironmentError('Another run has just begun. Wait for it, or end it. Nothing was changed');
    throw new EnvironmentError(
      `Cannot write down what will be borrowed, in ${file}: ${why}. Nothing was changed`,
    );
  }
};

/** Everything is as it was. */
export const closeJournal = (file = JOURNAL): void => rmSync(file, { force: true });

/**
 * The journal that a run left; null without one.
 *
 * @throws UserError when it is not one: its steps are written to the kernel as root
 */
export const readJournal = (roots: Roots, file = JOURNAL): Journal | null => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new EnvironmentError(
      `Cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
    );
  }
  const journal = parse(text);
  if (journal === null || !isJournal(journal, roots))
    throw new UserError(
      `${file} is not a journal of this suite. Look at it, and remove it if nothing is lent`,
    );
  return journal;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const isJournal = (value: unknown, { sys }: Roots): value is Journal => {
  const { version, owner, devices, attributes, parameters } = value as Record<string, unknown>;
  const own = owner as Partial<Owner> | undefined;
  const isStep = (below: string) => (step: Partial<Step>) =>
    typeof step?.value === 'string' &&
    !/[\0\n]/.test(step.value) &&
    typeof step.file === 'string' &&
    step.file.startsWith(`${sys}/${below}/`) &&
    !step.file.split('/').includes('..');
  const every = <T>(list: unknown, test: (one: T) => boolean) => Array.isArray(list) && list.every(test);
  const isName = (name: unknown) =>
    name === null || (typeof name === 'string' && /^[\w.-]{1,64}$/.test(name) && !/^\.+$/.test(name));
  return (
    version === 1 &&
    Number.isSafeInteger(own?.pid) &&
    typeof own?.started === 'string' &&
    every<Partial<BorrowedDevice>>(
      devices,
      (device) =>
        typeof device?.bdf === 'string' &&
        isBdf(device.bdf) &&
        isName(device.driver) &&
        isName(device.override) &&
        (device.mode === 'safe' || device.mode === 'raw'),
    ) &&
    every(attributes, isStep('bus/pci/devices')) &&
    every(parameters, isStep('module'))
  );
};

const devicesOf = ({ devices }: Journal): string => devices.map(({ bdf }) => bdf).join(', ');

/**
 * Writes a file that must not be there yet, whole or not at all.
 *
 * @throws what the file system throws: EEXIST when it is there
 */
export const createWhole = (file: string, text: string): void => {
  const temporary = `${file}.${process.pid}.tmp`;
  const fd = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
    linkSync(temporary, file);
  } finally {
    closeSync(fd);
    rmSync(temporary, { force: true });
  }
};
