// SPDX-License-Identifier: MIT

// What carries a licence line of its own: sources and scripts, by name. Data files and documents do not.
const SOURCE = /(\.(ts|tsx|mjs|js|sh|c|h|config)|^uio-msi|^\.ci\/run|^tools\/guest\/[^.]+)$/;

// Inputs of tests are kept as they came.
const AS_IT_CAME = /\/fixtures\//;

// Kernel code and what configures it; everything else is the tooling's (docs/decisions/0003-licences.md).
const KERNEL = /^(patches\/|linux-tree\/configs\/)/;

/** One line for every source file whose first lines do not name the licence it must have. */
export const licenceProblems = (files: ReadonlyMap<string, string>): string[] =>
  [...files]
    .filter(([path]) => SOURCE.test(path) && !AS_IT_CAME.test(path))
    .filter(([path, text]) => {
      const named = /SPDX-License-Identifier: (\S+)/.exec(text.split('\n', 3).join('\n'))?.[1];
      return KERNEL.test(path) ? !named?.startsWith('GPL-2.0') : named !== 'MIT';
    })
    .map(([path]) => `${path} does not name its licence in an SPDX line at its top`);
