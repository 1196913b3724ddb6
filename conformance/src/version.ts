// SPDX-License-Identifier: MIT

/** The suite's version: that of package.json, which a bundle does not carry along. */
export const SUITE_VERSION = '0.2.0';

/** Version of the records' shape in the JSON file and the stream. */
export const RECORD_VERSION = 1;
