// SPDX-License-Identifier: MIT

/**
 * The one style sheet of the report. Colours are variables so that the dark theme is a table, and
 * a verdict is always a word as well as a colour. Contrast of text is at least 4.5:1 in both themes
 * (WCAG 2.2, 1.4.3).
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1f24; --soft: #57606a; --rule: #d8dee4; --wash: #f6f8fa; --link: #0550ae;
  --good: #116329; --good-wash: #dafbe1; --bad: #a40e26; --bad-wash: #ffebe9;
  --odd: #6639ba; --odd-wash: #f3ebff; --gone: #7d4e00; --gone-wash: #fff8c5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --rule: #30363d; --wash: #161b22; --link: #79b8ff;
    --good: #7ee787; --good-wash: #12261e; --bad: #ffa198; --bad-wash: #301618;
    --odd: #d2a8ff; --odd-wash: #221733; --gone: #e3b341; --gone-wash: #272115;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
code, pre, .mono { font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
p { margin: .4rem 0; }
.soft { color: var(--soft); }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem 1rem; margin: 1rem 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--rule); }
thead th { font-weight: 600; color: var(--soft); white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; }
td.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.text { overflow-wrap: anywhere; }
pre { background: var(--wash); border: 1px solid var(--rule); border-radius: 6px; padding: .6rem .8rem; margin: .4rem 0;
  overflow: auto; max-height: 32rem; }
.v { display: inline-block; min-width: 3.4rem; padding: 0 .45rem; border-radius: 4px; text-align: center;
  font: 600 12px/1.6 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.v-PASS, .v-DONE { color: var(--good); background: var(--good-wash); }
.v-FAIL { color: var(--bad); background: var(--bad-wash); }
.v-ERROR { color: var(--odd); background: var(--odd-wash); }
.v-MISS { color: var(--gone); background: var(--gone-wash); }
.v-SKIP { color: var(--soft); background: var(--wash); }
.matrix td { white-space: nowrap; }
.matrix a { text-decoration: none; }
.matrix small { display: block; color: var(--soft); }
.trouble { border-left: 4px solid var(--bad); padding: .1rem 0 .1rem .9rem; margin: .8rem 0; }
ul { margin: .4rem 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: .25rem 0; }
section { scroll-margin-top: 1rem; }
@media print { pre { max-height: none; white-space: pre-wrap; } details { display: block; } }
@media (max-width: 40rem) { body { padding: 1rem .75rem 3rem; } th, td { padding: .35rem .4rem; } .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: .4rem; } }
`;
