// SPDX-License-Identifier: MIT
import type { Stage } from '../stage/stage.js';
import { apply } from './apply.js';
import { base } from './base.js';
import { boot } from './boot.js';
import { build } from './build.js';
import { check } from './check.js';
import { conform } from './conform.js';
import { inspect } from './inspect.js';
import { selftest } from './selftest.js';
import { source } from './source.js';

/** The stages there are, in order. */
export const STAGE_TABLE: readonly Stage[] = [
  ...[source, apply, check],
  ...[base, build, inspect],
  ...[boot, selftest, conform],
];
