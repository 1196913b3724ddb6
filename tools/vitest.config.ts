// SPDX-License-Identifier: MIT
import { shared } from '../vitest.shared.js';

export default shared({ include: ['repo/**/*.test.ts', 'series/**/*.test.ts', 'steady/**/*.test.ts'] });
