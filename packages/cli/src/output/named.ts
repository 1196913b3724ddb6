// SPDX-License-Identifier: MIT

const OF_A_SERIES =
  /\.\/uio-msi (?:check|build|boot|conform|bisectable|series (?:show|apply|edit|refresh|rebase|diff|export)|submit [a-z]+)\b(?!.*--series)/g;

/** A text whose commands, as somebody may copy them, are about the series that was asked about. */
export const withSeries = (text: string, series: string | null): string =>
  series === null
    ? text
    : text.replace(
        OF_A_SERIES,
        (command) => `${command} --series ${/^[\w./-]+$/.test(series) ? series : `'${series}'`}`,
      );
