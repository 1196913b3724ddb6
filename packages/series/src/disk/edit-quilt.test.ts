// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { editQuiltSeries } from './edit-quilt.js';

describe('the file series', () => {
  const QUILT = '# all of it\na.patch\n# for b\nb.patch -p1 # strip\n';

  it('keeps comments above, and options behind, the patch that they are about', () => {
    const after = [
      { file: 'new.patch', was: null },
      { file: 'c.patch', was: 'b.patch' },
      { file: 'a.patch', was: 'a.patch' },
    ];
    expect(editQuiltSeries(QUILT, after)).toBe(
      'new.patch\n# for b\nc.patch -p1 # strip\n# all of it\na.patch\n',
    );
  });

  it('stays what it is', () => {
    const same = ['a.patch', 'b.patch'].map((file) => ({ file, was: file }));
    expect(editQuiltSeries(QUILT, same)).toBe(QUILT);
  });
});
