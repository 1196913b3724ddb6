// SPDX-License-Identifier: MIT
import type { ChangeKind, Verdict } from '@uio-msi/model';
import type { VNode } from 'preact';
import { KIND_WORDS } from '../words.js';

/** A verdict: a word, which style gives a shape and a colour. */
export const Badge = ({ verdict }: { verdict: Verdict }): VNode => (
  <span class={`v v-${verdict}`}>{verdict}</span>
);

/** What has become of something since the run before. */
export const KindTag = ({ kind }: { kind: ChangeKind }): VNode => (
  <span class={`k k-${kind}`}>{KIND_WORDS[kind][0]}</span>
);
