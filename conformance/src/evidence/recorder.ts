// SPDX-License-Identifier: MIT
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pathProblem } from '../archive/entry.js';
import { tar } from '../archive/tar.js';
import { CASES } from '../cases/table.js';
import { EnvironmentError, UserError } from '../errors.js';
import { openKernelLog } from '../health/kernel-log.js';
import type { Bdf } from '../pci/address.js';
import { deviceFolder, KERNEL_ROOTS } from '../pci/sysfs.js';
import type { Judgement } from '../profiles/judge.js';
import { openForWriting } from '../report/open.js';
import { cannotGoOn, cannotWrite } from '../report/output-error.js';
import { allOf, type Reporter } from '../report/reporter.js';
import { createStreamReporter } from '../report/stream.js';
import { createLinuxSys } from '../sys/linux.js';
import { hexDump } from './dump.js';
import { kernelConfig, taintOf } from './facts.js';
import {
  configDump,
  derivedFiles,
  EVENTS,
  json,
  judgeClaim,
  KERNEL_CONFIG,
  KERNEL_LOG,
  STATEMENT,
} from './layout.js';
import { type Files, MANIFEST, manifestOf, sha256 } from './manifest.js';
import { parseEvents } from './parse.js';
import type { Statement } from './statement.js';

/** A bundle in the making: a folder beside its place, which gets its name when it is whole. */
export interface Recorder {
  /** Takes the records of the run, and the kernel's log with them. */
  readonly reporter: Required<Reporter>;
  readonly taintBefore: number;
  /** Puts the bundle in its place. Throws EnvironmentError when that fails: what there is stays beside it. */
  finish(statement: Statement): Finished;
  /** The run came to nothing: no bundle. */
  discard(): void;
}

/** What a run left behind. */
export interface Finished {
  readonly folder: string;
  readonly archive: string;
  /** SHA-256 of the manifest. */
  readonly digest: string;
  readonly judgements: readonly Judgement[];
}

/**
 * Begins a bundle, before any device is touched.
 *
 * @throws UserError when there is something in its place; EnvironmentError when it cannot be written
 */
export const openRecorder = (out: string, devices: readonly Bdf[]): Recorder => {
  const folder = resolve(out);
  const archive = `${folder}.tar.gz`;
  const name = basename(folder);
  const problem = Buffer.byteLength(name) > LONGEST ? 'it is too long' : pathProblem(name);
  if (problem !== null) throw new UserError(`A bundle cannot be named ${JSON.stringify(name)}: ${problem}`);
  for (const path of [folder, archive])
    if (existsSync(path))
      throw new UserError(`${path} is there already. Name another place with --out, or remove it`);
  const staging = `${folder}.partial-${process.pid}`;
  begin(staging);
  const put = (path: string, content: string) =>
    attempt(staging, () => {
      mkdirSync(dirname(join(staging, path)), { recursive: true });
      writeFileSync(join(staging, path), content, { flush: true });
    });
  const dump = (when: 'before' | 'after') => {
    for (const bdf of devices) {
      const file = join(deviceFolder(KERNEL_ROOTS, bdf), 'config');
      if (existsSync(file)) put(configDump(bdf, when), hexDump(bdf, readFileSync(file)));
    }
  };
  put(KERNEL_LOG, '');
  dump('before');
  const events = openForWriting(join(staging, EVENTS));
  const log = openKernelLog(createLinuxSys());
  const keepLog = () =>
    attempt(staging, () =>
      appendFileSync(
        join(staging, KERNEL_LOG),
        log
          .take()
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
  return {
    reporter: allOf([createStreamReporter(events, staging), { case: keepLog, done: keepLog }]),
    taintBefore: taintOf(KERNEL_ROOTS),
    discard: () => rmSync(staging, { recursive: true, force: true }),
    finish: (statement) => {
      keepLog();
      log.close();
      dump('after');
      const config = kernelConfig();
      if (config !== null) put(KERNEL_CONFIG, `${config}\n`);
      const recorded = parseEvents(readFileSync(join(staging, EVENTS), 'utf8'));
      if ('problem' in recorded) throw new Error(recorded.problem);
      const judgements = judgeClaim(statement, recorded.value, CASES);
      put(STATEMENT, json(statement));
      for (const [path, text] of derivedFiles(statement, recorded.value, judgements)) put(path, text);
      const manifest = manifestOf(filesIn(staging));
      put(MANIFEST, manifest);
      const entries = [...filesIn(staging)].map(([path, bytes]) => ({
        path: `${basename(folder)}/${path}`,
        bytes,
      }));
      attempt(staging, () => {
        writeFileSync(`${archive}.partial`, gzipSync(tar(entries)), { flush: true });
        renameSync(staging, folder);
        renameSync(`${archive}.partial`, archive);
      });
      return { folder, archive, digest: sha256(Buffer.from(manifest)), judgements };
    },
  };
};

/** Of a folder's name, in bytes: the names in its archive begin with it. */
const LONGEST = 100;

/** A run of all cases on nine devices leaves 5 MiB, and a kernel that complains may log more. */
const ROOM = 32 * 2 ** 20;

/** Makes the folder where there is room for a bundle: that it will be full is better known before a run. */
const begin = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= ROOM) return;
  rmSync(folder, { recursive: true });
  throw new EnvironmentError(
    `${dirname(folder)} has room for ${Math.floor((bavail * bsize) / 1024)} KiB; a bundle may take ${ROOM / 2 ** 20} MiB. Name another place with --out`,
  );
};

const filesIn = (folder: string): Files =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path)]),
  );

const attempt = (path: string, write: () => void): void => {
  try {
    write();
  } catch (error) {
    throw cannotGoOn(path, error);
  }
};
