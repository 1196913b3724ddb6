// SPDX-License-Identifier: MIT

/** What is given as an eventfd: the number of one of the player's, to disarm, or what no driver takes. */
export type Given = number | 'disarm' | 'negative' | 'closed' | 'no eventfd';

/** A call that a sequence makes, or an interrupt that it has the device raise. Vectors count from 0. */
export type Operation =
  | { readonly kind: 'set'; readonly vector: number; readonly given: Given }
  | { readonly kind: 'block'; readonly start: number; readonly given: readonly Given[] }
  | { readonly kind: 'mask' | 'unmask' | 'trigger' | 'raise'; readonly vector: number }
  | { readonly kind: 'write'; readonly value: number }
  | { readonly kind: 'info' | 'open again' | 'reopen' };

/** How many eventfds a player has. */
export const EVENTFDS = 3;

/** A sequence as one line, to be read by a person. Pure. */
export const showOperation = (operation: Operation): string => {
  switch (operation.kind) {
    case 'set':
      return `set ${operation.vector} ${operation.given}`;
    case 'block':
      return `block ${operation.start} [${operation.given.join(', ')}]`;
    case 'write':
      return `write ${operation.value}`;
    case 'info':
    case 'open again':
    case 'reopen':
      return operation.kind;
    default:
      return `${operation.kind} ${operation.vector}`;
  }
};
