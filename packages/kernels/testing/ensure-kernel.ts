// SPDX-License-Identifier: MIT
// Ensures the kernels named after a state folder and a catalogue: ensure-kernel.ts STATE CATALOGUE [KERNEL…]
import { openState } from '@uio-msi/host';
import { ensureKernel, loadCatalogue, openStore, selectKernels } from '@uio-msi/kernels';
import { ForeseenError } from '@uio-msi/model';

const [state = '', catalogue = '', ...wanted] = process.argv.slice(2);
try {
  const store = await openStore(await openState(state));
  for (const kernel of selectKernels(await loadCatalogue(catalogue), wanted)) {
    const started = performance.now();
    const progress = (event: object) => console.log(JSON.stringify(event));
    const { commit, tree, source } = await ensureKernel(store, kernel, { progress });
    const seconds = (performance.now() - started) / 1000;
    console.log(JSON.stringify({ version: kernel.version, commit, tree, source, seconds }));
  }
} catch (error) {
  if (!(error instanceof ForeseenError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message, why: error.why }));
  process.exitCode = error.exitCode;
}
