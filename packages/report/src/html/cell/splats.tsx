// SPDX-License-Identifier: MIT
import type { Splat } from '@uio-msi/model';
import type { VNode } from 'preact';
import type { DecodedFrame } from '../input.js';
import { Printed, Wide } from '../page.js';

const Stack = ({ frames }: { frames: readonly DecodedFrame[] }): VNode => {
  if (frames.every(({ where }) => where.length === 0))
    return (
      <p class="soft">
        The lines of source behind these functions are not known: this configuration builds without debug
        information, or what it built is not there any more.
      </p>
    );
  return (
    <Wide label="Decoded stack">
      <table>
        <thead>
          <tr>
            <th scope="col">function</th>
            <th scope="col">source, inlined callers below</th>
          </tr>
        </thead>
        <tbody>
          {frames.map(({ frame, where }) => (
            <tr key={frame}>
              <th scope="row" class="mono">
                {frame}
              </th>
              <td class="mono text">
                {where.length === 0 ? 'not known' : where.map((one) => <div key={one}>{one}</div>)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
};

interface SplatsProps {
  readonly splats: readonly Splat[];
  readonly stacks: ReadonlyMap<string, readonly DecodedFrame[]>;
}

/** What the kernel complained of, with its stack. */
export const Splats = ({ splats, stacks }: SplatsProps): VNode => (
  <>
    {splats.map((splat, at) => {
      const frames = stacks.get(splat.text);
      return (
        <article class="card c-regression" key={at}>
          <h3>
            {splat.kind}: {splat.title}
          </h3>
          {frames && frames.length > 0 && <Stack frames={frames} />}
          <Printed label={`${splat.kind} ${at + 1}`} text={splat.text} />
        </article>
      );
    })}
  </>
);
