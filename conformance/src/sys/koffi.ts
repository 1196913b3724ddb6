// SPDX-License-Identifier: MIT
import { createRequire } from 'node:module';
import type koffi from 'koffi';

/** The foreign function interface. */
export type Koffi = typeof koffi;

/**
 * Loads koffi when it is wanted. A static import would be hoisted to the top of the bundle, and so
 * load the binary in the thread that reports and has no use for it, before the executor starts.
 */
export const loadKoffi = (): Koffi => createRequire(import.meta.url)('koffi') as Koffi;
