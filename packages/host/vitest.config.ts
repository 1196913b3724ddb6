// SPDX-License-Identifier: MIT
import { shared } from '../../vitest.shared.js';

// Scripts that are killed start slowly on a machine that has much to do.
export default shared({ testTimeout: 60_000 });
