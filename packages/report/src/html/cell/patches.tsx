// SPDX-License-Identifier: MIT
import type { PatchResult } from '@uio-msi/model';
import type { VNode } from 'preact';
import { Wide } from '../page.js';

/** How each patch met the tree, with the hunks that did not fit below it. */
export const Patches = ({ patches }: { patches: readonly PatchResult[] }): VNode | null => {
  if (patches.length === 0) return null;
  return (
    <Wide label="Patches">
      <table class="snug">
        <thead>
          <tr>
            <th scope="col">status</th>
            <th scope="col">patch</th>
          </tr>
        </thead>
        <tbody>
          {patches.map((patch) => (
            <tr key={patch.file}>
              <th scope="row">{patch.status}</th>
              <td class="text">
                {patch.subject}
                <div class="mono soft">{patch.file}</div>
                {patch.rejected.map(({ file, hunk, reason }) => (
                  <div key={`${file}${hunk}`}>
                    <code>
                      {file} {hunk}
                    </code>
                    : {reason}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
};
