// SPDX-License-Identifier: MIT

/** A mail on its way. */
export interface Parcel {
  readonly from: string;
  readonly to: readonly string[];
  /** The whole mail; lines end with LF. */
  readonly content: string;
}

/** Somebody who is not to get it, and what the server said. */
export interface Refusal {
  readonly address: string;
  readonly answer: string;
  /** Trying again would not help. */
  readonly permanent: boolean;
}

/** What a server made of a mail that it took. */
export interface Receipt {
  readonly accepted: readonly string[];
  readonly refused: readonly Refusal[];
  readonly answer: string;
}

/** A mail that was not taken, or of which nobody can say whether it was. */
export class DeliveryError extends Error {
  /** It was surely not taken. Otherwise the server may have it, and its answer got lost. */
  readonly certain: boolean;

  constructor(message: string, certain: boolean) {
    super(message);
    this.name = 'DeliveryError';
    this.certain = certain;
  }
}

/** A way out. */
export interface Transport {
  /** `smtp.example.org:587 with STARTTLS as joe`, for a person. */
  readonly description: string;
  /**
   * Sends one mail.
   *
   * @param offered called, and waited for, when recipients are agreed and before the first byte of the
   *   mail goes out: until then it was surely not taken
   * @param signal ends the attempt; after `offered` nobody can say whether it was taken
   * @throws {DeliveryError}
   */
  send(parcel: Parcel, offered: () => Promise<void>, signal: AbortSignal): Promise<Receipt>;
  close(): Promise<void>;
}
