// SPDX-License-Identifier: MIT
import type { Person, Trailer } from '@uio-msi/series';

/** Trailers that name a person (Documentation/process/5.Posting.rst, "Patch formatting and changelogs"). */
const NAMES_PERSON =
  /^(?:signed-off|co-developed|acked|reviewed|tested|reported|suggested|(?:[a-z]+-and-)+[a-z]+)-by$|^cc$/i;

/** Whether a trailer names a person. */
export const namesPerson = ({ key }: Trailer): boolean => NAMES_PERSON.test(key);

const isKey = (wanted: string) => (trailer: Trailer) => trailer.key.toLowerCase() === wanted;

export const isSignOff = isKey('signed-off-by');
export const isCoDeveloper = isKey('co-developed-by');

/** The person in `Full Name <address> # remark`; the address is what is there when that is not its form. */
export const parsePerson = (value: string): Person => {
  const { name = '', address } = /^(?<name>[^<>]*)<(?<address>[^<>]*)>/.exec(value)?.groups ?? {};
  if (address !== undefined) return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: address.trim() };
  return { name: '', address: value.replace(/\s*#.*$/, '').trim() };
};

/** Whether two names are of one person: by the address, whose case does not matter. */
export const samePerson = (a: Person, b: Person): boolean =>
  a.address.toLowerCase() === b.address.toLowerCase();

/** As a trailer has it. */
export const formatPerson = ({ name, address }: Person): string => (name ? `${name} <${address}>` : address);
