// SPDX-License-Identifier: MIT
import { argumentCases } from './arguments.js';
import type { Case } from './define.js';
import { deliveryCases } from './delivery.js';
import { identityCases } from './identity.js';
import { lifecycleCases } from './lifecycle.js';
import { mappingCases } from './mapping.js';
import { moduleCases } from './module.js';
import { pointerCases } from './pointers.js';
import { processCases } from './processes.js';
import { referenceCases } from './references.js';
import { removalCases } from './removal.js';
import { stressCases } from './stress.js';
import { waitingCases } from './waiting.js';

/** Every case, in the order they run: from what all others rest on to what may break the machine. */
export const CASES: readonly Case[] = [
  ...identityCases,
  ...moduleCases,
  ...argumentCases,
  ...pointerCases,
  ...deliveryCases,
  ...waitingCases,
  ...mappingCases,
  ...lifecycleCases,
  ...processCases,
  ...referenceCases,
  ...stressCases,
  ...removalCases,
];
