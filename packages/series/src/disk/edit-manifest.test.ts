// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffLines } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROPERTY } from '../../testing/property.js';
import { editManifest } from './edit-manifest.js';
import { parseManifest } from './manifest.js';

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

/** The lines that are only in one of two texts: `-` of the first, `+` of the second. */
const diff = (before: string, after: string): string[] =>
  diffLines(before, after).flatMap(({ added, removed, value }) =>
    added || removed ? value.split(/(?<=\n)/).map((line) => `${added ? '+' : '-'}${line.trimEnd()}`) : [],
  );

const ODD = `name:    tiny
base:   '6.10'   # single quotes
patches:
# about a, at the margin
-   a.patch    # behind a

# about b
-   "b.patch"
# the end of the list
variants:
    -   why:   'it''s so'   # because
        # in the middle
        line: "6.1"
        of:     0123456789abcdef    # looked at
        patch: b.patch
        file:   variants/6.1/b.patch
    - { line: "5.10", patch: "b.patch", file: variants/5.10/b.patch, why: so } # flow
config: [ CONFIG_UIO=m ]
`;
const [OF, NEW] = ['0123456789abcdef', 'fedcba9876543210'];
const SIXTH = { line: '6.1', patch: 'b.patch', of: OF, file: 'variants/6.1/b.patch', why: "it's so" };
const FIFTH = { line: '5.10', patch: 'b.patch', file: 'variants/5.10/b.patch', why: 'so' };

describe('a series.yaml that somebody wrote by hand', () => {
  it('stays as it is', () => {
    const same = { base: '6.10', patches: ['a.patch', 'b.patch'], variants: [SIXTH, FIFTH] };
    expect(editManifest(ODD, same)).toBe(ODD);
  });

  it.each([
    ['the base', { base: '7.2' }, ["-base:   '6.10'   # single quotes", "+base:   '7.2'   # single quotes"]],
    [
      'a digest',
      { variants: [{ ...SIXTH, of: NEW }, FIFTH] },
      [`-        of:     ${OF}    # looked at`, `+        of:     ${NEW}    # looked at`],
    ],
    ['a name', { patches: ['a.patch', 'c.patch'] }, ['--   "b.patch"', '+-   "c.patch"']],
    [
      'a digest that looks like a number',
      { variants: [{ ...SIXTH, of: '1234567890123456' }, FIFTH] },
      [`-        of:     ${OF}    # looked at`, '+        of:     "1234567890123456"    # looked at'],
    ],
    [
      'a digest that was not there',
      { variants: [SIXTH, { ...FIFTH, of: NEW }] },
      [
        '-    - { line: "5.10", patch: "b.patch", file: variants/5.10/b.patch, why: so } # flow',
        `+    - { line: "5.10", patch: "b.patch", of: ${NEW}, file: variants/5.10/b.patch, why: so } # flow`,
      ],
    ],
    ['one more', { patches: ['a.patch', 'new.patch', 'b.patch'] }, ['+- new.patch']],
    [
      'one less, with what is said of it',
      { patches: ['b.patch'] },
      ['-# about a, at the margin', '--   a.patch    # behind a'],
    ],
    [
      'no variants any more',
      { variants: [] },
      ODD.slice(ODD.indexOf('variants:'), ODD.indexOf('config'))
        .trimEnd()
        .split('\n')
        .map((line) => `-${line}`),
    ],
  ])('changes in %s alone', (_, edit, expected) => {
    const edited = editManifest(ODD, edit);
    expect(diff(ODD, edited)).toEqual(expected);
    expect({ variants: [], ...parse(edited) }).toEqual({ ...parse(ODD), ...edit });
  });

  it('moves entries with what is said of them', () => {
    const edited = editManifest(ODD, { patches: ['b.patch', 'a.patch'] });
    expect(edited).toContain(
      'patches:\n\n# about b\n-   "b.patch"\n# about a, at the margin\n-   a.patch    # behind a\n# the end of the list\n',
    );
  });

  it('keeps the line ends of another system', () => {
    const there = ODD.replaceAll('\n', '\r\n');
    const edit = { patches: ['a.patch', 'new.patch', 'b.patch'], variants: [{ ...SIXTH, of: NEW }, FIFTH] };
    expect(editManifest(there, edit)).toBe(editManifest(ODD, edit).replaceAll('\n', '\r\n'));
  });

  it('says the right thing also where its own ways end', () => {
    const anchored = ODD.replace('of:     ', 'of: &x ').replace('a.patch  ', '&y a.patch  ');
    const listed = ODD.replace(
      /patches:[\s\S]*variants/,
      'patches: [a.patch, # a, not b\n  b.patch]\nvariants',
    );
    for (const text of [anchored, listed])
      for (const edit of [
        { variants: [{ ...SIXTH, of: NEW }, FIFTH] },
        { patches: ['b.patch', 'c.patch'] },
        { patches: ['x.patch'], variants: [FIFTH] },
      ])
        expect(parse(editManifest(text, edit))).toEqual({ ...parse(text), ...edit });
  });

  it('says the right thing whatever changes', () => {
    const name = fc.constantFrom('a.patch', 'b.patch', 'c.patch', 'd.patch', '1.patch', 'true', '0x1');
    const variant = fc.record(
      {
        line: fc.constantFrom('6.1', '5.10'),
        patch: name,
        of: fc.constantFrom(OF, NEW, '1234567890123456', '1234e67890123456'),
        file: name,
        why: fc.constantFrom('so', "it's so", 'a: b # c', '- x', 'x\ny'),
      },
      { requiredKeys: ['line', 'patch', 'file', 'why'] },
    );
    const edits = fc.record(
      {
        base: fc.constantFrom('6.10', '7.2', 'mainline'),
        patches: fc.uniqueArray(name, { minLength: 1 }),
        variants: fc.array(variant, { maxLength: 4 }),
      },
      { requiredKeys: [] },
    );
    const flow = ODD.replace(/patches:[\s\S]*\nvariants:/, 'patches: [ a.patch,b.patch ]\nvariants:');
    fc.assert(
      fc.property(fc.constantFrom(ODD, YAML, flow), edits, (text, edit) => {
        const edited = editManifest(text, edit);
        expect({ variants: [], ...parse(edited) }).toEqual({ variants: [], ...parse(text), ...edit });
        expect(editManifest(edited, edit)).toBe(edited);
        for (const line of ['config', 'name'])
          expect(edited).toContain(text.split('\n').find((one) => one.startsWith(line)));
      }),
      PROPERTY,
    );
  });
});

it('edits the series of this checkout in one place', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../../patches/uio_msi/series.yaml'), 'utf8');
  const { patches, variants } = parseManifest(text);
  expect(editManifest(text, { patches, variants })).toBe(text);
  for (const at of variants.keys()) {
    const edit = variants.map((one, i) => (i === at ? { ...one, of: NEW } : one));
    expect(diff(text, editManifest(text, { variants: edit }))).toHaveLength(2);
  }
});
