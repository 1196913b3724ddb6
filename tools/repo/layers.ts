// SPDX-License-Identifier: MIT
// Arrows point one way (design.md): a package may depend on what its row names and on nothing else
// of the workspace. Biome holds the imports to package.json, this holds package.json to the table.

/** Who may depend on whom, lowest first; what a package may use it may use directly only. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  host: ['model'],
  report: ['model'],
  kernels: ['model', 'host'],
  series: ['model', 'host'],
  checks: ['model', 'host'],
  build: ['model', 'host'],
  machine: ['model', 'host'],
  module: ['model', 'host', 'kernels', 'series'],
  pipeline: ['model', 'host', 'kernels', 'series', 'checks', 'build', 'machine', 'report'],
  submit: ['model', 'host', 'kernels', 'series', 'checks', 'build', 'machine', 'report'],
  cli: [
    'model',
    'host',
    'kernels',
    'series',
    'checks',
    'build',
    'machine',
    'module',
    'report',
    'pipeline',
    'submit',
  ],
  conformance: [], // stands alone, published by itself
  tools: ['model', 'host', 'kernels', 'series'],
};

/** The parts of a package.json that say what it depends on. */
export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const SCOPE = '@uio-msi/';

/** One line for every dependency that points the wrong way, and for every package without a row. */
export const layerProblems = (manifests: readonly Manifest[]): string[] =>
  manifests.flatMap(({ name, dependencies, devDependencies }) => {
    const allowed = LAYERS[name.slice(SCOPE.length)];
    if (!allowed) return [`${name} has no row in tools/repo/layers.ts`];
    return Object.keys({ ...dependencies, ...devDependencies })
      .filter((other) => other.startsWith(SCOPE) && !allowed.includes(other.slice(SCOPE.length)))
      .map((other) => `${name} must not depend on ${other}`);
  });
