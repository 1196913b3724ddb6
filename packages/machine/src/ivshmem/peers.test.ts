// SPDX-License-Identifier: MIT
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openPeers } from './peers.js';

const open = () => readdirSync('/proc/self/fd').length;

describe('openPeers', () => {
  it.each([1, 64, 250])(
    'says all there is to say of %i vectors without a reader, and leaves nothing',
    async (vectors) => {
      await (await openPeers(1)).close();
      const before = open();
      const peers = await openPeers(vectors);
      expect(open()).toBe(before + 2);
      peers.close();
      expect(open()).toBe(before);
    },
  );

  it('says so when there are more than fit, and leaves nothing', async () => {
    const before = open();
    await expect(openPeers(100_000)).rejects.toMatchObject({
      code: 'no-descriptors',
      message: expect.stringMatching(/sendmsg failed with E/),
    });
    expect(open()).toBe(before);
  });
});
