// SPDX-License-Identifier: MIT

/** For screen, light and dark, and for paper: A4 or letter, black on white, nothing cut in two. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1a1c1e; --paper: #fff; --soft: #5b6168; --line: #d5d9de; --wash: #f4f6f8;
  --good: #17692f; --bad: #b01a1a; --hold: #855900; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ea; --paper: #16181a; --soft: #a2a9b0; --line: #383d42;
  --wash: #1f2225; --good: #6fcf8b; --bad: #ff8b82; --hold: #e8b04a; } }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .2rem; } h3 { font-size: 1rem; margin: 1rem 0 .3rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); }
p { margin: .4rem 0; } .soft { color: var(--soft); }
code, pre { font: .85em/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { background: var(--wash); padding: .6rem .8rem; margin: .3rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { font-weight: 600; } thead th { color: var(--soft); font-size: .85em; white-space: nowrap; } td:first-child, tbody th { white-space: nowrap; }
.facts th { width: 11rem; font-weight: 400; color: var(--soft); }
.passed { color: var(--good); } .failed, .incomplete, .FAIL, .ERROR, .MISS, .absent { color: var(--bad); } .waived, .SKIP { color: var(--hold); } .PASS { color: var(--good); }
.numbers { width: auto; font-variant-numeric: tabular-nums; } .numbers th, .numbers td { text-align: right; padding-right: 1.2rem; }
.mark { font-weight: 600; white-space: nowrap; }
.verdict { border: 2px solid currentColor; padding: .6rem .9rem; margin: 1rem 0; font-size: 1.1rem; font-weight: 600; }
.clauses { width: 10rem; color: var(--soft); font-size: .85em; }
.wide { overflow-x: auto; }
@media screen and (max-width: 40rem) {
  .facts th { width: auto; white-space: normal; } .rows thead { display: none; }
  .rows, .rows tbody, .rows tr, .rows td { display: block; width: auto; border: 0; padding: 0; }
  .rows tr { border-bottom: 1px solid var(--line); padding: .45rem 0; }
  .rows th, .rows td:first-child, .rows .mark { display: inline; border: 0; padding: 0 .6rem 0 0; }
}
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #444; --line: #bbb; --wash: #f4f4f4; --good: #0a4f1f; --bad: #9a0000; --hold: #6b4600; }
  @page { margin: 16mm 14mm; } body { font-size: 9.5pt; max-width: none; padding: 0; }
  h2 { break-after: avoid; } tr, .verdict { break-inside: avoid; } thead { display: table-header-group; }
}
`;
