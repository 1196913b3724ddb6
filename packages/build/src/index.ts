// SPDX-License-Identifier: MIT
export { ARCH_NAMES, type Arch, crossPrefix, findArch } from './arch.js';
export type { BuildContext } from './context.js';
export { isCompiledOnly, overOf } from './kconfig/ground.js';
export { type Fragment, parseOptions } from './kconfig/options.js';
export { BUILD_VERSION, buildKernel } from './kernel/build.js';
export { makeGoals } from './kernel/goals.js';
export { buildOutside } from './kernel/outside.js';
export type { BuildRequest, BuildResult, Sources } from './kernel/request.js';
export { buildSelftests, type Selftests } from './kernel/selftests.js';
export { hasCcache } from './make/ccache.js';
export type { MakeResult } from './make/make.js';
export type { CcacheFolders, Target } from './make/variables.js';
export { findToolchain, parseToolchain, type Toolchain } from './toolchain/find.js';
export { toolsFor } from './toolchain/tools.js';
