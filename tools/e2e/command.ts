// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunResult } from '@uio-msi/model';

/** The checkout under test. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder for one test. */
export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'uio-msi-e2e-'));

/** How a command ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way, leader of a process group as a shell would make it. */
export interface Started {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves when standard error has had a text. */
  saw(text: string): Promise<void>;
  /** Signals the whole group, as Ctrl-C on a terminal does; nobody when it has ended. */
  signal(name: NodeJS.Signals): void;
}

// A group of its own does not get our terminal's Ctrl-C: it dies with us instead.
const DIE_WITH_US = ['--pdeathsig', 'KILL', '--'];

/** Starts ./uio-msi. */
export const start = (...args: string[]): Started => {
  const child = spawn('setpriv', [...DIE_WITH_US, join(ROOT, 'uio-msi'), ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('setpriv could not be started');
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return {
    pid,
    ended,
    saw: (text) =>
      new Promise((resolve, reject) => {
        const look = () => stderr.includes(text) && resolve();
        child.stderr.on('data', look);
        child.on('close', () => reject(new Error(`ended without "${text}":\n${stderr}`)));
        look();
      }),
    signal: (name) => {
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, name);
    },
  };
};

/** Runs ./uio-msi to its end. */
export const uioMsi = (...args: string[]): Promise<Ended> => start(...args).ended;

/** Runs ./uio-msi with --json, and gives what it wrote as well. */
export const uioMsiJson = async (...args: string[]): Promise<Ended & { readonly json: RunResult }> => {
  const file = join(await temporaryFolder(), 'result.json');
  const ended = await uioMsi(...args, '--json', file);
  return { ...ended, json: JSON.parse(await readFile(file, 'utf8')) as RunResult };
};
