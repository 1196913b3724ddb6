// SPDX-License-Identifier: MIT
import type { Command, CommandGroup } from '../command/spec.js';
import { bisectable } from './bisectable.js';
import { boot } from './boot.js';
import { build } from './build.js';
import { check } from './check.js';
import { compare } from './compare.js';
import { conform } from './conform.js';
import { doctor } from './doctor.js';
import { kernels } from './kernels.js';
import { matrix } from './matrix.js';
import { module } from './module.js';
import { mutants } from './mutants.js';
import { nightly } from './nightly.js';
import { report } from './report.js';
import { runs } from './runs.js';
import { series } from './series.js';
import { setup } from './setup.js';
import { submit } from './submit.js';
import { test } from './test.js';

/** Every command, in the order `--help` lists them. */
export const COMMANDS: readonly (Command | CommandGroup)[] = [
  check,
  nightly,
  matrix,
  bisectable,
  report,
  compare,
  runs,
  series,
  submit,
  kernels,
  build,
  boot,
  conform,
  mutants,
  module,
  setup,
  doctor,
  test,
];
