// SPDX-License-Identifier: MIT
import type { Socket } from 'node:net';
import { type CommandResult, run } from '@uio-msi/host';
import { EnvironmentError, Interrupted } from '@uio-msi/model';
import type { Accelerator } from '../arches.js';
import { scanConsole } from '../console/scan.js';
import { openPeers, type Peers } from '../ivshmem/peers.js';
import { qemuArguments, serversOf } from './arguments.js';
import { openChannel } from './channel.js';
import { openConsoleLog } from './log.js';
import { judge } from './outcome.js';
import { listen, type Sockets } from './sockets.js';
import type { GuestOutcome, GuestSpec, Ready } from './spec.js';
import { joinTerminal } from './terminal.js';
import { type Watchdog, watchdog } from './watchdog.js';

// A whole run of the suite writes less than one MiB.
const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

/** What a guest is powered on with. */
export interface Power {
  readonly spec: GuestSpec;
  readonly accelerator: Accelerator;
  readonly initrd: string;
  readonly signal: AbortSignal | undefined;
  readonly onReady: (ready: Ready) => void;
}

/** Runs QEMU; null when `limit` ended it. */
const runQemu = async (power: Power, sockets: Sockets, limit: AbortSignal): Promise<CommandResult | null> => {
  const wiring = { ...power, console: sockets.path('console'), result: sockets.path('result') };
  const signal = power.signal ? AbortSignal.any([power.signal, limit]) : limit;
  const peers: Peers[] = [];
  try {
    for (const { vectors } of serversOf(power.spec)) peers.push(await openPeers(vectors));
    const inherit = peers.map(({ fd }) => fd);
    return await run(power.spec.arch.qemu, qemuArguments(power.spec, wiring), { signal, inherit });
  } catch (error) {
    if (error instanceof Interrupted && !power.signal?.aborted) return null;
    throw error;
  } finally {
    for (const one of peers) one.close();
  }
};

// What comes is a sign of life, until it is too much.
const guard = (socket: Socket, dog: Watchdog, spec: GuestSpec): void => {
  socket.on('data', () => {
    dog.heard();
    if (socket.bytesRead > (spec.maxBytes ?? DEFAULT_MAX_BYTES)) dog.bark('flood');
  });
};

// QEMU exits with a code of its own only when it cannot do what it was told; a guest's end is 0.
const requireStarted = (qemu: CommandResult | null): void => {
  if (!qemu?.exitCode) return;
  throw new EnvironmentError({
    code: 'qemu-failed',
    message: 'QEMU could not run the guest',
    why: qemu.stderr.trim().split('\n').at(-1),
    next: 'mend what QEMU names; ./uio-msi doctor shows QEMU, free memory and /dev/kvm',
  });
};

/** Powers a guest on and waits for its end, which its limits bring about when nothing else does. */
export const powerOn = async (power: Power): Promise<GuestOutcome> => {
  const { spec } = power;
  const log = await openConsoleLog(spec.consoleLog, () => dog.bark('killed'));
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const dog = watchdog(spec.limits);
  let readyAfter: number | null = null;
  const channel = openChannel((record) => {
    if (record.type === 'ready' && readyAfter === null) {
      readyAfter = elapsed();
      dog.ready();
      power.onReady({ kernel: channel.report().kernel ?? '', after: readyAfter });
    }
    spec.onRecord?.(record);
  });
  const sockets = await listen({
    console: (socket) => {
      guard(socket, dog, spec);
      log.record(socket);
      if (spec.terminal) joinTerminal(spec.terminal, socket, () => dog.bark('left'));
    },
    result: (socket) => {
      guard(socket, dog, spec);
      channel.receive(socket);
    },
  });
  const qemu = await runQemu(power, sockets, dog.signal).finally(async () => {
    dog.stop();
    await sockets.close();
  });
  requireStarted(qemu);
  const text = await log.text();
  const splats = scanConsole(text);
  return {
    ...judge({ report: channel.report(), splats, limit: dog.reason(), qemu }),
    exitCode: channel.report().exitCode,
    seconds: elapsed(),
    readyAfter,
    splats,
    badLines: channel.badLines(),
    ...(text === '' && { consoleEmpty: true }),
    accelerator: power.accelerator.name,
  };
};
