// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';
import type { Patch } from './patch.js';
import { withoutTrailers } from './trailers.js';

// As git-patch-id(1): where a hunk is, and what blobs it is between, is not what it does.
const PLACES = /^(index [0-9a-f]+\.\.[0-9a-f]+.*|@@ .*)$/gm;

/**
 * What a patch says and does, in 16 hex digits: its subject, its message and its changes, but not
 * their line numbers and the blobs they are between, which change with the patches before it, and
 * not who signed it off, reviewed or tested it.
 */
export const changeDigest = ({ subject, message, diff }: Patch): string =>
  contentKey([subject, withoutTrailers(message), diff.replace(PLACES, '')]).slice(0, 16);
