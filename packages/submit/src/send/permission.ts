// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import { parseMailbox, sameAddress } from '../mail/address.js';
import type { Revision } from '../message/message.js';

/** Who can be asked. */
export interface Person {
  /** There is a terminal, with somebody at it. */
  readonly terminal: boolean;
  /** Shows something and gives the line that was typed. */
  readonly ask: (question: string) => Promise<string>;
}

/**
 * Makes sure that the sender has signed each patch off, last of all: by this a person certifies the
 * origin of the patch (Developer's Certificate of Origin, Documentation/process/submitting-patches.rst).
 * Nothing of ours adds one.
 *
 * @throws {UserError} `sign-off-missing` with every patch that lacks it
 */
export const requireSignOff = ({ messages, sender }: Revision): void => {
  const unsigned = messages.flatMap(({ patch }) => {
    if (!patch) return [];
    const last = patch.trailers.filter(({ key }) => key.toLowerCase() === 'signed-off-by').at(-1);
    const signer = parseMailbox(last?.value ?? '');
    return signer && sameAddress(signer.address, sender.address) ? [] : [patch.file];
  });
  if (unsigned.length === 0) return;
  throw new UserError({
    code: 'sign-off-missing',
    message: `the last sign-off is not that of ${sender.name} <${sender.address}>, who sends`,
    why: unsigned.join('\n'),
    next: 'sign each patch off yourself, when you can certify what Documentation/process/submitting-patches.rst asks for: git rebase --signoff base in the worktree of series edit, then series refresh',
  });
};

/**
 * Shows who gets what, and asks.
 *
 * @param question what is shown
 * @param answer what must be typed: not a letter that somebody types without reading
 * @throws {UserError} `no-terminal` where nobody can be asked; `not-confirmed`
 */
export const requireConfirmation = async (
  { terminal, ask }: Person,
  question: string,
  answer: string,
): Promise<void> => {
  if (!terminal)
    throw new UserError({
      code: 'no-terminal',
      message: 'mail is sent only when a person confirms it on a terminal',
      why: 'standard input and standard error are not both a terminal, or CI is in the environment',
      next: 'run it on a terminal; submit send --dry-run shows all of it without one',
    });
  const typed = await ask(`${question}\n\nType "${answer}" to send: `);
  if (typed.trim() === answer) return;
  throw new UserError({
    code: 'not-confirmed',
    message: 'nothing was sent',
    next: 'run it again when it is right',
  });
};
