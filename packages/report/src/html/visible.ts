// SPDX-License-Identifier: MIT

// Colours and cursor movements of a terminal (ECMA-48 CSI, OSC): they say nothing on a page.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

// Not in HTML at all (HTML 13.2.3.5): NUL and most controls. Tab and line feed stay.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const CONTROLS = /\r\n|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

// What turns the direction of text or cannot be seen: a line could read otherwise than it is (Unicode TR36, 2.5).
const HIDDEN = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

// Half a character: UTF-8 has no bytes for it.
const LONE = /\p{Surrogate}/gu;

// All of these, and whole characters beyond U+FFFF: a page that has none is looked through once.
const SUSPECT = new RegExp([CONTROLS, HIDDEN, /[\ud800-\udfff]/].map(({ source }) => source).join('|'));

// Each control has a picture of its own (U+2400 and on).
const picture = (control: string): string => {
  if (control === '\r\n') return '\n';
  const code = control.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
};

const named = (hidden: string): string =>
  `⟨U+${hidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/**
 * Text in which nothing is hidden and nothing acts: a terminal's sequences are gone, other
 * control characters are pictures, and what would turn the direction of text is named. Works on
 * a whole page as well, for our own words have none of them.
 */
export const visible = (text: string): string => (SUSPECT.test(text) ? cleared(text) : text);

const cleared = (text: string): string =>
  text.replace(SEQUENCES, '').replace(CONTROLS, picture).replace(HIDDEN, named).replace(LONE, '\ufffd');
