// SPDX-License-Identifier: MIT
import type { Socket } from 'node:net';
import type { Terminal } from './spec.js';

// Ctrl-], as in telnet(1): all other keys are the guest's, Ctrl-C too.
const ESCAPE = 0x1d;

/** Joins a person's terminal to a guest's console until that ends; `leave` is called on Ctrl-]. */
export const joinTerminal = ({ input, output }: Terminal, socket: Socket, leave: () => void): void => {
  const onKeys = (keys: Buffer) => {
    if (keys.includes(ESCAPE)) leave();
    else socket.write(keys);
  };
  const raw = (on: boolean) => input.isTTY && input.setRawMode(on);
  raw(true);
  input.on('data', onKeys);
  socket.on('data', (text: Buffer) => output.write(text));
  socket.once('close', () => {
    input.off('data', onKeys).pause();
    raw(false);
  });
};
