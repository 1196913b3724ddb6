// SPDX-License-Identifier: MIT
import type { Person } from '@uio-msi/series';

// Nobody reads mail there: RFC 2606 and RFC 6761 reserve these names, RFC 6762 `.local`.
const RESERVED =
  /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost|localdomain|local|home\.arpa)$/i;

// What hides an address from machines: "joe at example dot org", "joe[at]…", "joe(a)…".
const SPELT_OUT = /\b_?at_?\b.*\b_?dot_?\b|[\s([{<_](?:at|a|ät)[\s)\]}>_]|\(@\)|\[@\]/i;

// Characters that are not seen, or turn the text around.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\ufffd]/u;

// A word in Latin letters with one of another alphabet in it.
const MIXED =
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u;

const local = (address: string): string => address.slice(0, address.lastIndexOf('@'));
const domain = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** What can be wrong with an address, the first that holds counts. */
const ADDRESS_FAULTS: readonly (readonly [what: string, isSo: (address: string) => boolean])[] = [
  ['has no address', (address) => address === ''],
  // RFC 5321, 4.5.3.1.3, less the angle brackets.
  ['has an address of more than 254 characters', (address) => address.length > 254],
  ['has characters that are not seen in its address', (address) => UNSEEN.test(address)],
  ['has an address with other characters than ASCII', (address) => /[^\x20-\x7e]/.test(address)],
  ['has an address that is spelt out', (address) => SPELT_OUT.test(address)],
  ['has an address without @', (address) => !address.includes('@')],
  [
    'has an address that is masked',
    (address) => /\.{2,}|\*|x{3,}@|@x{3,}|\[email|redacted|protected/i.test(address),
  ],
  [
    'has an address that is cut off or has too much in it',
    (address) => !/^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/.test(address),
  ],
  [
    'has an address that nobody can answer',
    (address) =>
      /^(?:no|do-?not)[-._]?reply(?:$|[-+._])/i.test(local(address)) ||
      /(?:^|\.)noreply\./i.test(domain(address)),
  ],
  ['has an address in a domain for examples', (address) => RESERVED.test(domain(address))],
  [
    'has an address whose domain is not one',
    (address) =>
      !/^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(
        domain(address),
      ),
  ],
];

/** What can be wrong with a name; "sorry, no anonymous contributions" (submitting-patches.rst). */
const NAME_FAULTS: readonly (readonly [what: string, isSo: (name: string) => boolean])[] = [
  ['has no name', (name) => name.trim() === ''],
  ['has characters that are not seen in its name', (name) => UNSEEN.test(name)],
  ['mixes alphabets in a word of its name', (name) => MIXED.test(name)],
  [
    'is no name of a person',
    (name) =>
      /^(?:your (?:full )?name|root|user|unknown|nobody|anonymous|first last|full name)$/i.test(name.trim()),
  ],
];

/** What is wrong with the name and the address of a person: nothing, or how a sentence about it goes on. */
export const faultsOf = ({ name, address }: Person): string[] => {
  const first = <T>(faults: readonly (readonly [string, (text: T) => boolean])[], text: T) =>
    faults.find(([, isSo]) => isSo(text))?.[0];
  return [first(NAME_FAULTS, name), first(ADDRESS_FAULTS, address)].filter((fault) => fault !== undefined);
};
