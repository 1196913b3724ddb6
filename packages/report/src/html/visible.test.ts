// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visible } from './visible.js';

it.each([
  ['colours of a compiler are gone', '\u001b[01;31merror:\u001b[0m x\u001b[K', 'error: x'],
  ['titles of a terminal are gone', '\u001b]0;owned\u0007x\u001b]8;;http://e\u001b\\y', 'xy'],
  ['what is left of a sequence is seen', 'a\u001bb\u0000', 'a␛b␀'],
  ['lines end as they do', 'a\r\nb\rc\td', 'a\nb␍c\td'],
  ['text does not turn', 'access\u202elevel', 'access⟨U+202E⟩level'],
  ['what has no width is seen', 'a\u200bb\ufeff', 'a⟨U+200B⟩b⟨U+FEFF⟩'],
  ['half a character is a whole one', 'a\ud800b', 'a\ufffdb'],
  ['other languages are as they are', 'Größe 大小 حجم', 'Größe 大小 حجم'],
])('%s', (_, given, expected) => {
  expect(visible(given)).toBe(expected);
});

it('is done with after once', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => visible(visible(text)) === visible(text)));
});
