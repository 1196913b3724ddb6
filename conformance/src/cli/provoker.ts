// SPDX-License-Identifier: MIT
import { existsSync, writeFileSync } from 'node:fs';
import { hiddenRegisters, misfit } from '../devices/fits.js';
import { loadProvoker } from '../devices/load-provoker.js';
import { PHASES, type ProvokerFile } from '../devices/provoker-file.js';
import { provokerTemplate, type Subject } from '../devices/template.js';
import { EnvironmentError, UserError } from '../errors.js';
import { type Bdf, parseBdf } from '../pci/address.js';
import { interruptsOf } from '../pci/config-space.js';
import { deviceFolder, KERNEL_ROOTS, readBars, readConfigSpace, readPciDevice } from '../pci/sysfs.js';

const ID = /^[0-9a-f]{4}:[0-9a-f]{4}$/;

/**
 * Writes a template for a device that is here, or for ids.
 *
 * @throws UserError when it is neither, or the file is there already
 */
export const newProvoker = (device: string, { out }: { readonly out?: string }): void => {
  const text = provokerTemplate(subjectOf(device));
  if (out === undefined) return void process.stdout.write(text);
  try {
    writeFileSync(out, text, { flag: 'wx', flush: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UserError(`${out} is there already. Name another file with --out`);
    throw new EnvironmentError(`Cannot write ${out}: ${code ?? String(error)}`);
  }
};

const subjectOf = (device: string): Subject => {
  const id = device.toLowerCase();
  if (ID.test(id)) return { id, vectors: null, bars: [], msix: null };
  const bdf = requireHere(device);
  const config = readConfigSpace(KERNEL_ROOTS, bdf);
  return {
    id: readPciDevice(KERNEL_ROOTS, bdf).id,
    vectors: interruptsOf(config)?.vectors ?? null,
    bars: readBars(KERNEL_ROOTS, bdf),
    msix: config.msix,
  };
};

const requireHere = (device: string): Bdf => {
  const bdf = parseBdf(device);
  if (!existsSync(deviceFolder(KERNEL_ROOTS, bdf)))
    throw new UserError(`There is no PCI device ${bdf}. 'list' shows what there is`);
  return bdf;
};

/**
 * Says what a provoker does, and whether it is one for a device that is here. Touches no device.
 *
 * @throws UserError with a line for each thing that is wrong
 */
export const checkProvoker = (path: string, { device }: { readonly device?: string }): void => {
  const file = loadProvoker(path);
  if (device !== undefined) requireFit(path, file, device);
  const steps = PHASES.filter((phase) => file[phase].length > 0).map(
    (phase) => `${phase} ${file[phase].length}`,
  );
  process.stdout.write(
    `${path}: ${file.name}, for ${file.match.join(', ')}: vectors 0 to ${file.vectors - 1}` +
      `${file.line ? ', or the line' : ''}; steps: ${steps.join(', ')}\n`,
  );
};

const requireFit = (path: string, file: ProvokerFile, device: string): void => {
  const bdf = requireHere(device);
  const { id } = readPciDevice(KERNEL_ROOTS, bdf);
  const why = file.match.includes(id)
    ? (misfit(file, readBars(KERNEL_ROOTS, bdf)) ??
      hiddenRegisters(file, readConfigSpace(KERNEL_ROOTS, bdf).msix))
    : `the device is ${id}, and the file for ${file.match.join(', ')}`;
  if (why !== null) throw new UserError(`${path} does not fit ${bdf}: ${why}`);
};
