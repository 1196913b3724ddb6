// SPDX-License-Identifier: MIT
import type { CommandGroup } from '../command/spec.js';
import { preflightCommand } from './submit-preflight.js';
import { preview } from './submit-preview.js';
import { resume, send } from './submit-send.js';
import { status } from './submit-status.js';
import { trailers } from './submit-trailers.js';

/** The way upstream. */
export const submit: CommandGroup = {
  name: 'submit',
  summary: 'the way upstream',
  commands: [preflightCommand, preview, send, resume, trailers, status],
};
