// SPDX-License-Identifier: MIT
import type { World } from '../world/world.js';

/** What a command gives: text for a person, a value for machines, and how the process is to end. */
export interface Outcome {
  readonly exitCode: number;
  /** For standard output. */
  readonly text: string;
  /** For `--json`; has `version` first. */
  readonly json: unknown;
}

/** An option as commander writes it: `--kernels <list>`. */
export interface OptionSpec {
  readonly flags: string;
  readonly summary: string;
  /** Turns the text given into the value; throws a UserError when it cannot. */
  readonly parse?: (text: string) => unknown;
  readonly fallback?: string;
}

/** A command as data. The work is in the packages, loaded when it runs. */
export interface CommandSpec<Options> {
  readonly name: string;
  readonly summary: string;
  /** `[run]`, `<patch>`; given to `run` behind its world. */
  readonly argument?: ArgumentSpec;
  /** Those behind it, given to `run` in turn. */
  readonly more?: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Command lines without the program's name, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  /** Commands behind this one's name: `report merge`. */
  readonly subcommands?: readonly Command[];
  run(
    options: Options,
    world: World,
    argument: string | undefined,
    ...more: (string | undefined)[]
  ): Promise<Outcome>;
}

/** An argument as commander writes it: `<patch>`, or `[run]` when it may be left out. */
export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
}

/** Commands under one name: `kernels list`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}

/** A command whose options only it knows. */
export type Command = CommandSpec<never>;

/** Types a command's options inside, and hides them outside. */
export const defineCommand = <Options extends object>(spec: CommandSpec<Options>): Command => spec;
