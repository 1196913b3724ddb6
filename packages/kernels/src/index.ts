// SPDX-License-Identifier: MIT
export { type Added, addKernel } from './add/add.js';
export type {
  Catalogue,
  DebianSource,
  GitSource,
  Kernel,
  Source,
  TarballSource,
} from './catalogue/kernel.js';
export { loadCatalogue } from './catalogue/load.js';
export { selectKernels } from './catalogue/select.js';
export { ensureKernel, type KernelContext } from './ensure.js';
export { findKernel, type KernelTree } from './store/kernels.js';
export { type ObjectStore, openStore } from './store/open.js';
export { type Verified, verifyKernel } from './verify.js';
export { moveWorktree, type WorktreeContext } from './worktree/move.js';
