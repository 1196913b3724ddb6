// SPDX-License-Identifier: MIT
import type { Revision } from '../message/message.js';

/** Who gets what, for a person to read before it is sent. */
export const describePosting = (
  { messages, sender }: Revision,
  transport: string,
  envelope: readonly string[],
): string => {
  const [first] = messages;
  const people = (list: readonly { name: string; address: string }[]): string[] =>
    list.map(({ name, address }) => `    ${name === '' ? address : `${name} <${address}>`}`);
  const everyone = new Set([...(first?.to ?? []), ...(first?.cc ?? [])].map(({ address }) => address));
  const only = envelope.length !== everyone.size || envelope.some((address) => !everyone.has(address));
  return [
    `${messages.length} mails from ${sender.name} <${sender.address}> through ${transport}`,
    ...messages.map(({ subject }) => `    ${subject}`),
    ...(only
      ? [
          'each of them only to',
          ...envelope.map((address) => `    ${address}`),
          'and not to whom their headers name:',
        ]
      : ['each of them to']),
    ...people(first?.to ?? []),
    ...((first?.cc ?? []).length > 0 ? ['and to, in Cc,', ...people(first?.cc ?? [])] : []),
  ].join('\n');
};
