// SPDX-License-Identifier: MIT
export { type BuiltModule, type BuiltModules, buildModules, type ModuleBuild } from './build.js';
export { collectModules } from './collect.js';
export { writeDeb } from './deb.js';
export { dkmsName } from './dkms.js';
export { type Headers, readHeaders, runningHeaders } from './headers.js';
export { chooseLines } from './lines.js';
export type { SigningKey } from './sign.js';
export type { ModuleSource } from './source.js';
export { packageVersion, writeModuleSource } from './write.js';
