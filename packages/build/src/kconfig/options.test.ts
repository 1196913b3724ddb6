// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { droppedOptions, type Fragment, mergeOptions, parseOptions } from './options.js';

const fragment = (text: string, name = 'a.config'): Fragment => ({ name, text, required: false });

describe('parseOptions', () => {
  it('reads what Kconfig writes and leaves comments', () => {
    const text = '# a comment\nCONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C="a=b"\n\nCONFIG_D=0x10\n';
    expect(Object.fromEntries(parseOptions(text))).toEqual({
      CONFIG_A: 'y',
      CONFIG_B: 'n',
      CONFIG_C: '"a=b"',
      CONFIG_D: '0x10',
    });
  });

  it('lets the last assignment count, as Kconfig does', () => {
    expect(parseOptions('CONFIG_A=y\nCONFIG_A=m').get('CONFIG_A')).toBe('m');
  });
});

it('merges configurations so that the last says it, and last', () => {
  const tiny = '# comment\n# CONFIG_FAST is not set\nCONFIG_SMALL=y\nCONFIG_A="x"\n';
  expect(mergeOptions([tiny, 'CONFIG_FAST=y', 'CONFIG_A=n'])).toBe(
    'CONFIG_SMALL=y\nCONFIG_FAST=y\n# CONFIG_A is not set\n',
  );
});

describe('droppedOptions', () => {
  it('names option, what was wanted and what came of it', () => {
    expect(
      droppedOptions(
        [fragment('CONFIG_A=y\nCONFIG_B=m\nCONFIG_C=y')],
        'CONFIG_MODULES=y\nCONFIG_A=y\nCONFIG_B=y\n',
      ),
    ).toEqual([
      { option: 'CONFIG_B', wanted: 'm', got: 'y', fragment: 'a.config', required: false, excusable: false },
      { option: 'CONFIG_C', wanted: 'y', got: 'n', fragment: 'a.config', required: false, excusable: false },
    ]);
  });

  it('takes an option that is not there for one that is not set', () => {
    expect(droppedOptions([fragment('CONFIG_A=n\n# CONFIG_B is not set')], '')).toEqual([]);
  });

  it('holds the last fragment to what it asks for, and no earlier one', () => {
    const fragments = [fragment('CONFIG_A=y'), fragment('CONFIG_A=m', 'b.config')];
    const config = (text: string) => `CONFIG_MODULES=y\n${text}`;
    expect(droppedOptions(fragments, config('CONFIG_A=m'))).toEqual([]);
    expect(droppedOptions(fragments, config('CONFIG_A=y')).map(({ fragment: name }) => name)).toEqual([
      'b.config',
    ]);
  });

  it('is content with y for m where there are no modules, and with nothing else', () => {
    expect(droppedOptions([fragment('CONFIG_A=m')], 'CONFIG_A=y')).toEqual([]);
    expect(droppedOptions([fragment('CONFIG_A=m')], '')).toHaveLength(1);
  });
});
