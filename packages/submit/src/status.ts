// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import { postedRevisions, type Series } from '@uio-msi/series';
import { findPostings, isDelivered, isFinished, isUntouched, type Journal } from './send/journal.js';

/** Where one posting is. */
export interface PostingStatus {
  readonly revision: number;
  readonly resend: boolean;
  readonly reflect: boolean;
  readonly started: string;
  /** `sent`; `begun`: nothing left yet, resume or send it anew; `partly`: resume goes on; `unknown`: resume asks; `closing`: only archive or tag are left. */
  readonly state: 'sent' | 'begun' | 'partly' | 'unknown' | 'closing';
  /** Mails that everybody has, of how many. */
  readonly delivered: number;
  readonly mails: number;
  readonly tag: string | null;
  /** Message-Id of the first mail: what to look for in an archive. */
  readonly first: string;
  readonly refused: readonly { readonly address: string; readonly answer: string }[];
}

/** What is where of a series. */
export interface SeriesStatus {
  readonly series: string;
  /** The revision being worked on. */
  readonly open: string;
  /** Archived in posted/. */
  readonly posted: readonly number[];
  readonly postings: readonly PostingStatus[];
}

/** What of a series is posted, under way, and open. */
export const seriesStatus = async (state: State, series: Series): Promise<SeriesStatus> => ({
  series: series.name,
  open: series.revision,
  posted: await postedRevisions(series.dir),
  postings: (await findPostings(state, series.changeId)).map(({ journal }) => describe(journal)),
});

const describe = (journal: Journal): PostingStatus => {
  const { revision, resend, reflect, started, tag, mails } = journal;
  return {
    revision,
    resend,
    reflect,
    started,
    state: stateOf(journal),
    delivered: mails.filter(({ waiting, offered }) => waiting.length === 0 && !offered).length,
    mails: mails.length,
    tag,
    first: mails[0]?.messageId ?? '',
    refused: mails.flatMap(({ refused }) =>
      refused.flatMap(({ addresses, answer }) => addresses.map((address) => ({ address, answer }))),
    ),
  };
};

const stateOf = (journal: Journal): PostingStatus['state'] => {
  if (isFinished(journal)) return 'sent';
  if (isUntouched(journal)) return 'begun';
  if (isDelivered(journal)) return 'closing';
  return journal.mails.some(({ offered }) => offered) ? 'unknown' : 'partly';
};
