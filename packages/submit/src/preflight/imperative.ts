// SPDX-License-Identifier: MIT

// The verbs that kernel subjects begin with; where they end in "s", "ed" or "ing" they are no imperative.
const VERBS = [
  ...['add', 'allow', 'avoid', 'call', 'check', 'clean', 'convert', 'correct', 'document', 'drop', 'export'],
  ...[
    'extend',
    'fix(?:e)?',
    'guard',
    'handl(?:e)?',
    'implement',
    'improv(?:e)?',
    'introduc(?:e)?',
    'mov(?:e)?',
  ],
  ...[
    'mak(?:e)?',
    'merg(?:e)?',
    'prevent',
    'provid(?:e)?',
    'reduc(?:e)?',
    'refactor',
    'remov(?:e)?',
    'renam(?:e)?',
  ],
  ...['replac(?:e)?', 'report', 'return', 'rework', 'simplif(?:y|ie)', 'split', 'support', 'switch(?:e)?'],
  ...['teach(?:e)?', 'test', 'turn', 'unif(?:y|ie)', 'updat(?:e)?', 'us(?:e)?', 'chang(?:e)?', 'enabl(?:e)?'],
  ...[
    'disabl(?:e)?',
    'initializ(?:e)?',
    'register',
    'clear',
    'free',
    'delet(?:e)?',
    'creat(?:e)?',
    'describ(?:e)?',
  ],
];

/**
 * A phrase that is no order: "adds …", "fixed …", "removing …", "this patch …", "I changed …"
 * (submitting-patches.rst, "Describe your changes"). A list of verbs: grammar is not decided by endings.
 */
export const NOT_IMPERATIVE = new RegExp(
  `^(?:(?:${VERBS.join('|')})(?:s|d|ed|ped|ting|ping|ing)\\b|(?:made|split up by|this (?:patch|commit|series)|i|we)\\b)`,
  'i',
);
