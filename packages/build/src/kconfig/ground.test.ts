// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { isCompiledOnly, overOf } from './ground.js';

const texts = (...all: readonly string[]) => all.map((text) => ({ text }));

it('is what a remark of its own names, of the last fragment that names one', () => {
  expect(overOf(texts('# Over make allmodconfig\nCONFIG_X=y\n'))).toBe('allmodconfig');
  expect(overOf(texts('# Over make allnoconfig', '# x\n# Over make allyesconfig', ''))).toBe('allyesconfig');
});

it('is none where remarks only speak of one', () => {
  expect(overOf(texts('# Over minimal.config: this', '# Merged. Over make allmodconfig', ''))).toBeNull();
});

it('is compiled only where a fragment says so', () => {
  expect(isCompiledOnly(texts('', '# a\n# Compiled is only what the series touches\n'))).toBe(true);
  expect(isCompiledOnly(texts('', '# Compiled is only what the series touches, or more'))).toBe(false);
});
