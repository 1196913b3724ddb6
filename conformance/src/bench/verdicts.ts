// SPDX-License-Identifier: MIT

/** Thrown by a case when a clause does not hold: the driver is at fault. Verdict FAIL. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Thrown by a case that finds it cannot say anything here. Verdict SKIP, with the reason. */
export class Skip extends Error {
  override readonly name = 'Skip';
}
