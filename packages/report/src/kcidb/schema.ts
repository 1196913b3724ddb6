// SPDX-License-Identifier: MIT
import type { Verdict } from '@uio-msi/model';

// The parts of KCIDB's schema v5.3 that are written here (kernelci/kcidb-io, kcidb_io/schema/v05_03.py).

/** How the source came to be. */
export interface Checkout {
  readonly id: string;
  readonly origin: string;
  readonly git_commit_name: string;
  readonly comment: string;
  readonly start_time: string;
  readonly valid?: boolean;
  readonly log_excerpt?: string;
  readonly misc: object;
}

/** A build of a checkout. */
export interface Build {
  readonly id: string;
  readonly origin: string;
  readonly checkout_id: string;
  readonly comment: string;
  readonly start_time: string;
  readonly duration?: number;
  readonly architecture: string;
  readonly command?: string;
  readonly compiler: string;
  readonly config_name: string;
  readonly status: Verdict;
  readonly log_excerpt?: string;
}

/** What a test gave for a build. */
export interface Test {
  readonly id: string;
  readonly origin: string;
  readonly build_id: string;
  readonly path: string;
  readonly comment: string;
  readonly status: Verdict;
  readonly start_time: string;
  readonly duration: number;
  readonly environment?: { readonly comment: string; readonly misc: object };
  readonly log_excerpt?: string;
  readonly misc?: object;
}

/** Something that is wrong, wherever it was met. */
export interface Issue {
  readonly id: string;
  readonly version: number;
  readonly origin: string;
  readonly culprit: { readonly code: boolean; readonly tool: boolean; readonly harness: boolean };
  readonly comment: string;
}

/** An issue in a build or a test. */
export interface Incident {
  readonly id: string;
  readonly origin: string;
  readonly issue_id: string;
  readonly issue_version: number;
  readonly present: boolean;
  readonly build_id?: string;
  readonly test_id?: string;
}

/** A report. */
export interface Kcidb {
  readonly version: { readonly major: 5; readonly minor: 3 };
  readonly checkouts: readonly Checkout[];
  readonly builds: readonly Build[];
  readonly tests: readonly Test[];
  readonly issues: readonly Issue[];
  readonly incidents: readonly Incident[];
}
