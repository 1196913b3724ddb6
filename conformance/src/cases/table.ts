// SPDX-License-Identifier: MIT
import { argumentCases } from './arguments.js';
import { blockCases } from './block.js';
import { blockRefusedCases } from './block-refused.js';
import { compatCases } from './compat.js';
import { controlCases } from './control.js';
import { type Case, modeOf } from './define.js';
import { deliveryCases } from './delivery.js';
import { extensibleCases } from './extensible.js';
import { extensibleSizeCases } from './extensible-sizes.js';
import { faultDeviceCases } from './faults-device.js';
import { faultVectorCases } from './faults-vectors.js';
import { fileEventCases } from './file-events.js';
import { gateCases, lockdownCases } from './gates.js';
import { grantedCases } from './granted.js';
import { handledCases } from './handled.js';
import { identityCases } from './identity.js';
import { infoCases } from './info.js';
import { kernelLogCases } from './kernel-log.js';
import { leakCases } from './leaks.js';
import { lifecycleCases } from './lifecycle.js';
import { lineCases } from './line.js';
import { lineOffCases } from './line-off.js';
import { lineUnclaimedCases } from './line-unclaimed.js';
import { manyVectorsCases } from './many-vectors.js';
import { mappingCases } from './mapping.js';
import { mapCases } from './maps.js';
import { maskingCases } from './masking.js';
import { maskKeptCases } from './masking-kept.js';
import { moduleCases } from './module.js';
import { operationsGoneCases } from './operations-gone.js';
import { ownershipCases } from './ownership.js';
import { pointerCases } from './pointers.js';
import { portCases } from './ports.js';
import { processCases } from './processes.js';
import { referenceCases } from './references.js';
import { refusalCases } from './refusals.js';
import { removalCases } from './removal.js';
import { removalInUseCases, surpriseCases } from './removal-in-use.js';
import { resetCases } from './reset.js';
import { safeCases } from './safe.js';
import { sequenceCases } from './sequences.js';
import { sharedLineCases } from './shared-line.js';
import { stressCases } from './stress.js';
import { triggerCases } from './trigger.js';
import { typeCases } from './types.js';
import { vectorNumberCases } from './vector-numbers.js';
import { waitingCases } from './waiting.js';

/** Those for raw mode behind the others, so that the device is bound anew once. */
const rawLast = (cases: readonly Case[]): Case[] => {
  const isRaw = (test: Case) => modeOf(test) === 'raw';
  return [...cases.filter((test) => !isRaw(test)), ...cases.filter(isRaw)];
};

/** Every case, in the order they run: from what all others rest on to what may break the machine. */
export const CASES: readonly Case[] = [
  ...rawLast([
    ...safeCases,
    ...gateCases,
    ...refusalCases,
    ...typeCases,
    ...identityCases,
    ...moduleCases,
    ...mapCases,
    ...portCases,
    ...argumentCases,
    ...pointerCases,
    ...extensibleCases,
    ...extensibleSizeCases,
    ...vectorNumberCases,
    ...kernelLogCases,
    ...infoCases,
    ...grantedCases,
    ...triggerCases,
    ...blockCases,
    ...blockRefusedCases,
    ...compatCases,
    ...deliveryCases,
    ...handledCases,
    ...waitingCases,
    ...mappingCases,
    ...maskingCases,
    ...maskKeptCases,
    ...controlCases,
    ...sequenceCases,
    ...fileEventCases,
    ...lifecycleCases,
    ...ownershipCases,
    ...processCases,
    ...referenceCases,
    ...resetCases,
    ...lineCases,
    ...lineOffCases,
    ...sharedLineCases,
    ...lineUnclaimedCases,
    ...manyVectorsCases,
  ]),
  ...stressCases,
  ...removalCases,
  ...removalInUseCases,
  ...operationsGoneCases,
  ...faultVectorCases,
  ...faultDeviceCases,
  ...leakCases,
  ...lockdownCases,
  ...surpriseCases,
];
