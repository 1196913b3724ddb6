// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import { chooseTransport, type Fate, type GitConfig, type SendContext } from '@uio-msi/submit';
import type { World } from '../world/world.js';
import { personAt } from './person.js';

const FATES: Readonly<Record<string, Fate>> = { y: 'arrived', n: 'lost' };

/**
 * What sending needs, of this machine and whoever sits at it.
 *
 * @throws {UserError} `no-transport`, `bad-transport`
 */
export const sendContext = async (world: World, config: GitConfig): Promise<SendContext> => {
  const person = personAt(world);
  return {
    state: await world.openState(),
    person,
    transport: await chooseTransport(config, process.env),
    ask: async ({ subject, messageId }) => {
      if (!person.terminal)
        throw new UserError({
          code: 'no-terminal',
          message: `somebody must say whether "${subject}" arrived`,
          next: `look for <${messageId}> on the list's archive, then run it again on a terminal`,
        });
      const question = `\n"${subject}"\n  <${messageId}>\nwas handed over, and whether it was taken is not known. Did it arrive (look into the list's archive, and at mailq)? y, n, or anything else to stop: `;
      return FATES[(await person.ask(question)).trim().toLowerCase()] ?? 'unknown';
    },
    progress: ({ subject }) => world.progress({ type: 'note', text: `sending ${subject}` }),
    now: () => new Date(),
    signal: world.signal,
  };
};
