// SPDX-License-Identifier: MIT
import type { ChangeKind, Verdict } from '@uio-msi/model';
import { DARK, LIGHT, type Palette } from './palette.js';

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour};`)
    .join('');

// What is wrong is a solid block, what is good a tint, what says nothing an outline: they differ
// without any colour, and each has a sign of its own.
const VERDICT_STYLE: Readonly<Record<Verdict, readonly [sign: string, look: string]>> = {
  FAIL: ['✗', 'color:var(--on-fail);background:var(--fail);'],
  ERROR: ['!', 'color:var(--on-error);background:var(--error);'],
  MISS: ['?', 'color:var(--miss);background:var(--miss-wash);border-style:dashed;border-color:currentColor;'],
  PASS: ['✓', 'color:var(--pass);background:var(--pass-wash);'],
  DONE: ['•', 'color:var(--done);background:var(--done-wash);'],
  SKIP: ['–', 'color:var(--soft);border-color:var(--rule);'],
};

const KIND_STYLE: Readonly<Record<ChangeKind, readonly [sign: string, of: Verdict]>> = {
  regression: ['▼', 'FAIL'],
  'new-failure': ['✱', 'FAIL'],
  flaky: ['≈', 'MISS'],
  'still-failing': ['=', 'SKIP'],
  disappeared: ['−', 'MISS'],
  fixed: ['▲', 'PASS'],
  appeared: ['+', 'DONE'],
};

const VERDICTS = Object.entries(VERDICT_STYLE)
  .map(
    ([verdict, [sign, look]]) =>
      `.v-${verdict}{${look}}.v-${verdict}::before{content:"${sign}";content:"${sign}"/"";}` +
      `.b-${verdict}{background:var(--${verdict === 'SKIP' ? 'rule' : verdict.toLowerCase()});}` +
      `.top-${verdict}{border-color:var(--${verdict === 'SKIP' ? 'rule' : verdict.toLowerCase()});}`,
  )
  .join('\n');

const KINDS = Object.entries(KIND_STYLE)
  .map(
    ([kind, [sign, of]]) =>
      `.k-${kind}{${VERDICT_STYLE[of][1]}}.k-${kind}::before,.m-${kind}::before,.t-${kind} b::before{content:"${sign}";content:"${sign}"/"";}` +
      `.c-${kind}{border-left-color:var(--${of === 'SKIP' ? 'soft' : of.toLowerCase()});}`,
  )
  .join('\n');

/**
 * The one style sheet of the report. Contrast of text is at least 4.5:1 in both themes (WCAG 2.2,
 * 1.4.3), which a test with axe holds it to.
 */
export const STYLE = `
:root{color-scheme:light dark;${variables(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{overflow-wrap:break-word;margin:0 auto;max-width:76rem;padding:1.25rem 1.25rem 4rem}
code,pre,.mono{font:.8125rem/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
h1{font-size:1.6rem;line-height:1.3;margin:.1rem 0 .5rem;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2.25rem 0 .6rem}
h3{font-size:1rem;line-height:1.4;margin:0;overflow-wrap:anywhere}
h2 small{font-size:.8125rem;font-weight:400}
p{margin:.35rem 0}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
small{font-size:.75rem}
.soft,th small,td small{color:var(--soft)}
.reason{overflow-wrap:anywhere}
.top{border-top:6px solid;background:var(--card);border-radius:0 0 10px 10px;padding:1rem 1.25rem;box-shadow:0 1px 3px var(--shade)}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem 1rem;margin:1rem 0 0;font-size:.875rem}
.facts dt{color:var(--soft)}
.facts dd{margin:0;overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.5rem;list-style:none;margin:1rem 0 0;padding:0}
.tile a,.tile span{display:block;height:100%;padding:.4rem .75rem;border:1px solid var(--rule);border-radius:8px;color:inherit;text-decoration:none;font-size:.875rem}
.tile a{background:var(--wash)}
.tile a:hover{border-color:currentColor}
.tile b{display:block;font-size:1.5rem;line-height:1.2}
.tile b::before{margin-right:.35rem}
.tile.none{color:var(--soft)}
.t-regression:not(.none) b,.t-new-failure:not(.none) b{color:var(--fail-text)}
.t-fixed:not(.none) b{color:var(--pass)}
.bar{display:flex;gap:2px;height:.6rem;min-width:6rem;border-radius:4px;overflow:hidden;margin:.2rem 0}
.bar span{min-width:3px}
.bars{min-width:9rem}
.wide{overflow-x:auto;margin:.5rem 0}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--rule)}
thead th{font-weight:600;color:var(--soft);white-space:nowrap}
tbody th{font-weight:600}
th small,td small{display:block;font-weight:400}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.text{overflow-wrap:anywhere;min-width:8rem}
.matrix{width:auto}
.matrix th[scope=row]{position:sticky;left:0;background:var(--paper);min-width:10rem;max-width:22rem}
.matrix thead th:first-child{position:sticky;left:0;background:var(--paper)}
.q{white-space:nowrap;min-width:4.6rem;width:7.5rem}
.printed{background:var(--wash);border:1px solid var(--rule);border-radius:8px;margin:.5rem 0;max-height:28rem;overflow:auto}
pre{margin:0;padding:.6rem .8rem;width:max-content;min-width:100%}
.command{background:var(--wash);border:1px solid var(--rule);border-radius:8px;padding:.3rem .7rem;margin:.5rem 0;overflow-wrap:anywhere}
.command::before{content:"$ ";content:"$ "/"";color:var(--soft);font:.8125rem ui-monospace,monospace;user-select:none}
.v,.k{display:inline-block;padding:0 .45rem;border:1px solid transparent;border-radius:5px;font:600 .75rem/1.6 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:nowrap;text-decoration:none}
.v::before,.k::before{margin-right:.3rem}
[class^=m-]::before{margin-right:.25rem}
h1 .v{font-size:1.1rem;vertical-align:.12em}
a.v:hover{text-decoration:underline}
.m-regression,.m-new-failure{color:var(--fail-text)!important;font-weight:600!important}
.m-fixed{color:var(--pass)!important}
.card{background:var(--card);border:1px solid var(--rule);border-left:5px solid var(--soft);border-radius:8px;padding:.7rem 1rem;margin:.6rem 0}
.cells{margin:.3rem 0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;font-size:.875rem}
.plain,.reasons{margin:.4rem 0;padding:0;list-style:none}
.plain>li,.reasons>li{padding:.35rem 0;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
.nights{display:flex;flex-wrap:wrap;gap:.4rem 1rem;list-style:none;margin:.6rem 0 0;padding:0}
.nights small{display:block;color:var(--soft)}
summary{cursor:pointer;padding:.35rem 0;min-height:24px;overflow-wrap:anywhere}
section,article{scroll-margin-top:1rem}
.stage{border-top:1px solid var(--rule);padding:.5rem 0}.stage>summary{padding:.4rem 0}.stage>summary h2{display:inline;margin:0}.stage>summary p{margin:.2rem 0 0 1.1rem}
.snug{width:auto}
.later{content-visibility:auto}
${VERDICTS}
${KINDS}
@media (max-width:40rem){main{padding:0 .75rem 3rem}.top{margin:0 -.75rem;padding:.9rem .75rem;border-radius:0}h1{font-size:1.3rem}
th,td{padding:.35rem .4rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.4rem}.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}
.matrix th[scope=row]{min-width:5.5rem;max-width:9rem;overflow-wrap:anywhere}.q{width:auto}.card{padding:.6rem .75rem}}
@media print{body{font-size:10pt}main{max-width:none;padding:0}.top{box-shadow:none}.printed{max-height:none;overflow:visible}pre{white-space:pre-wrap;width:auto}
.wide{overflow:visible}details::details-content{content-visibility:visible;block-size:auto}.stage{border-top:1px solid var(--rule);padding:.5rem 0}.stage>summary{padding:.4rem 0}.stage>summary h2{display:inline;margin:0}.stage>summary p{margin:.2rem 0 0 1.1rem}
.snug{width:auto}
.later{content-visibility:visible}.card,tr{break-inside:avoid}.v,.k{border-color:currentColor}
.v-FAIL,.v-ERROR,.k-regression,.k-new-failure{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
