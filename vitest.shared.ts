// SPDX-License-Identifier: MIT
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const conditions = ['@uio-msi/source', 'node', 'import', 'default'];

/**
 * The vitest configuration that every package shares: tests resolve workspace packages to
 * their sources, so that they run without a build.
 */
export const shared = (overrides: ViteUserConfig['test'] = {}): ViteUserConfig =>
  defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      include: ['**/*.test.ts'],
      exclude: ['**/node_modules/**', '**/dist/**'],
      globalSetup: [fileURLToPath(new URL('tools/testing/temporary.ts', import.meta.url))],
      testTimeout: 20_000,
      // The second is what `./uio-msi test` adds up.
      reporters: ['default', 'json'],
      outputFile: { json: 'dist/test-results.json' },
      ...overrides,
    },
  });
