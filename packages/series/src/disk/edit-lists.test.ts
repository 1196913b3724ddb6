// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { editManifest, editQuiltSeries } from './edit-lists.js';

const YAML = `# about it
name: tiny # its name
base: "6.10"
patches:
  # the first
  - a.patch
  - b.patch
variants:
  - {why: "because: so", file: variants/6.1/b.patch, patch: b.patch, line: "6.1"}
config: [CONFIG_UIO=m]
`;
const VARIANT = { line: '6.1', patch: 'b.patch', file: 'variants/6.1/b.patch', why: 'because: so' };

describe('series.yaml', () => {
  it('stays byte for byte when nothing changes, whatever the order of keys', () => {
    expect(editManifest(YAML, { patches: ['a.patch', 'b.patch'], variants: [VARIANT], base: '6.10' })).toBe(
      YAML,
    );
  });

  it('changes in what changes alone', () => {
    expect(editManifest(YAML, { patches: ['a.patch', 'c.patch'] })).toBe(
      YAML.replace('- b.patch', '- c.patch'),
    );
    expect(editManifest(YAML, { base: '7.10' })).toBe(YAML.replace('6.10', '7.10'));
    const other = { ...VARIANT, line: '5.10', file: 'variants/5.10/b.patch' };
    expect(editManifest(YAML, { variants: [VARIANT, other] })).toBe(
      YAML.replace(
        '\nconfig',
        '\n  - {line: "5.10", patch: b.patch, file: variants/5.10/b.patch, why: "because: so"}\nconfig',
      ),
    );
  });

  it('loses a field, with nothing else', () => {
    const based = YAML.replace('patches:', `base-commit: ${'a'.repeat(40)}\npatches:`);
    expect(editManifest(based, { 'base-commit': null })).toBe(YAML);
    expect(editManifest(YAML, { 'base-commit': null })).toBe(YAML);
  });

  it('gets a list that it did not have', () => {
    const without = YAML.replace(/^variants:\n.*\n/m, '');
    expect(editManifest(without, { variants: [] })).toBe(without);
    expect(editManifest(without, { variants: [VARIANT] })).toContain('variants:\n  - line: "6.1"\n');
  });
});

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
