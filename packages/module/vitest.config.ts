// SPDX-License-Identifier: MIT
import { shared } from '../../vitest.shared.js';

export default shared();
