// SPDX-License-Identifier: MIT
import { shared } from '../../vitest.shared.js';

// One after the other: they share a state folder and the machine's processors.
export default shared({
  root: 'tools',
  include: ['e2e/**/*.test.ts'],
  fileParallelism: false,
  testTimeout: 20 * 60_000,
  hookTimeout: 60 * 60_000,
  outputFile: { json: 'dist/e2e-results.json' },
});
