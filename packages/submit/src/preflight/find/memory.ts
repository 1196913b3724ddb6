// SPDX-License-Identifier: MIT
import { contentKey, readJson, type State, writeAtomic } from '@uio-msi/host';

/**
 * What a tool of the kernel said of one content: asked once, then remembered in the state folder.
 * What is damaged is asked again, and a failure is not remembered.
 *
 * @param tool names the folder: `get-maintainer`
 * @param inputs everything that can change the answer, as a JSON value
 */
export const remembered = async <T>(
  state: State,
  tool: string,
  inputs: unknown,
  ask: () => Promise<T>,
): Promise<T> => {
  const path = state.path('preflight', tool, `${contentKey([tool, inputs])}.json`);
  const { digest, value } = Object(await readJson(path)) as { digest?: string; value?: T };
  if (value !== undefined && contentKey(value) === digest) return value;
  const found = await ask();
  await writeAtomic(path, JSON.stringify({ digest: contentKey(found), value: found }));
  return found;
};
