// SPDX-License-Identifier: MIT

export { type BinaryPackages, fetchBinaryPackages } from './apt/fetch-binary.js';
export {
  fetchSourceTarball,
  type ListedSource,
  listSources,
  type SourcePackage,
} from './apt/fetch-source.js';
export type { FetchOptions } from './apt/private.js';
export { type DownloadOptions, download } from './download/download.js';
export { downloadText } from './download/text.js';
export { readIfThere, syncFolder, writeAtomic } from './files/atomic.js';
export { contentKey, fileDigest, openContentKey, Written } from './files/digest.js';
export { makeFolder } from './files/folder.js';
export { readJson } from './files/json.js';
export { explainRefusal } from './files/refusal.js';
export { remembered, rememberedDigest } from './files/remembered.js';
export { markUsed } from './files/used.js';
export { fetchPackage, type PinnedPackage, pinnedIn } from './npm/fetch-package.js';
export { withInterrupt } from './process/interrupt.js';
export { logNotWritable } from './process/log.js';
export type { CommandOptions, CommandResult, RunOptions } from './process/options.js';
export { output } from './process/output.js';
export { quote } from './process/quote.js';
export { requireCommand } from './process/refusal.js';
export { run } from './process/run.js';
export type { Caller } from './setup/consent.js';
export { installCommand, installMissing, missingPackages, type SetupContext } from './setup/install.js';
export { type ProbedTool, probeTools, toolVersion } from './setup/probe.js';
export { TOOLS, type Tool } from './setup/tools.js';
export { type Lock, type LockOptions, withFolderLock, withFreeLock, withLock } from './state/lock.js';
export { openState, requireSpace, type State } from './state/state.js';
