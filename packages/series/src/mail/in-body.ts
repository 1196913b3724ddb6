// SPDX-License-Identifier: MIT
import type { Person } from '../patch/mail.js';
import { parseStamp, type Stamp } from './date.js';
import { clean } from './parse.js';
import { parseSubject } from './subject.js';

/** A message whose first lines may be headers that count for more than those of the mail. */
export interface InBody {
  from: Person | null;
  /** Without brackets. */
  subject: string | null;
  date: Stamp | null;
  /** What is below them. */
  message: string;
}

const FIELD = /^(From|Subject|Date):[ \t]*(.*)$/i;
const ADDRESS = /^(.*?)<([^<>\s]+)>\s*$/;

/** Takes such headers off a message, as git mailinfo does (check_header() with is_inbody_header()). */
export const inBody = (text: string): InBody => {
  const lines = text.split('\n');
  const found: InBody = { from: null, subject: null, date: null, message: '' };
  let at = lines.findIndex((line) => line.trim() !== '');
  for (; at >= 0 && at < lines.length; at += 1) {
    const [, key, value = ''] = FIELD.exec(lines[at] ?? '') ?? [];
    if (!key || !takeField(found, key.toLowerCase(), value)) break;
  }
  found.message = at < 0 ? '' : lines.slice(at).join('\n');
  return found;
};

const takeField = (found: InBody, key: string, value: string): boolean => {
  const [, name = '', address] = ADDRESS.exec(value) ?? [];
  if (key === 'from' && address && !found.from)
    found.from = { name: clean(name.replace(/^\s*"(.*)"\s*$/, '$1')), address: clean(address) };
  else if (key === 'subject' && found.subject === null) found.subject = parseSubject(value).bare;
  else if (key === 'date' && !found.date && parseStamp(value)) found.date = parseStamp(value);
  else return false;
  return true;
};
