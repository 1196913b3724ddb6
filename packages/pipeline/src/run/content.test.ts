// SPDX-License-Identifier: MIT
import { type Patch, parsePatchFile } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { seriesContent } from './content.js';

const LETTER = `From: A Developer <a@example.org>
Subject: [PATCH] tiny: say hello

Says hello.
---
diff --git a/hello b/hello
new file mode 100644
--- /dev/null
+++ b/hello
@@ -0,0 +1 @@
+hello
`;

const { series } = fakeCell();
const patch = (text: string): Promise<Patch> => parsePatchFile('0001-tiny.patch', text);

it('is the same for the same patches, wherever and whatever the series is called', async () => {
  const patches = [await patch(LETTER)];
  expect(seriesContent({ ...series, patches, name: 'other', revision: 'v9', dir: '/elsewhere' })).toBe(
    seriesContent({ ...series, patches }),
  );
});

it('changes with the text of a patch, with their order and with a variant', async () => {
  const one = await patch(LETTER);
  const other = await patch(LETTER.replace('Says', 'Said'));
  const variant = { line: '5.10', patch: one.file, replacement: other, why: '' };
  const keys = [
    { ...series, patches: [one] },
    { ...series, patches: [other] },
    { ...series, patches: [one, other] },
    { ...series, patches: [other, one] },
    { ...series, patches: [one], variants: [variant] },
    { ...series, patches: [one], modules: ['hello.ko'] },
    { ...series, patches: [one], selftests: ['hello'] },
  ].map((one) => seriesContent(one));
  expect(new Set(keys).size).toBe(7);
});

it('changes with what is laid under it', async () => {
  const [one, other] = [await patch(LETTER), await patch(LETTER.replace('Says', 'Said'))];
  const under = (...patches: Patch[]) => [{ ...series, name: 'under', patches }];
  const keys = [[], under(one), under(other)].map((of) => seriesContent({ ...series, patches: [one] }, of));
  expect(new Set(keys).size).toBe(3);
});
