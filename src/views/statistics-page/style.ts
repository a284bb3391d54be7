/**
 * Okabe and Ito's colours, which colour-blind eyes tell apart, for areas; ink for letters. Sizes are steps of 1.25.
 */
export const style = `
:root { color-scheme: light dark; --paper: #f6f4ee; --card: #fffefb; --ink: #1c1a24; --soft: #5a5666; --line: #dfdbd0; --rail: #ebe8df;
  --bar: #0072b2; --wave: #d55e00; --area: #009e73; --stripe: #0072b2; --albums: #d55e00; --genres: #009e73; --formats: #cc79a7; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #121118; --card: #1b1a23; --ink: #f3f0f9; --soft: #b8b2c5; --line: #34313f; --rail: #2b2935;
    --bar: #56b4e9; --wave: #e69f00; --area: #009e73; --stripe: #56b4e9; --albums: #e69f00; }
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 1rem/1.5 ui-sans-serif, system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 74rem; margin: 0 auto; padding: clamp(1.25rem, 4vw, 4rem) clamp(1rem, 3vw, 3rem); }
.brand { display: flex; align-items: center; gap: .75rem; letter-spacing: .24em; font-size: .8rem; font-weight: 600; }
.brand i { display: block; width: .22rem; border-radius: 1rem; background: var(--wave); }
.brand span { display: flex; align-items: center; gap: .16rem; height: 1.5rem; }
header { padding-bottom: clamp(1.5rem, 4vw, 3rem); }
h1 { margin-top: clamp(1.5rem, 5vw, 3.5rem); font-size: clamp(3rem, 13vw, 8.5rem); line-height: .95; letter-spacing: -.045em; font-weight: 800; font-variant-numeric: tabular-nums; }
h1 small { display: inline-block; font-size: .32em; letter-spacing: -.02em; font-weight: 600; color: var(--soft); }
.lede { margin-top: 1.25rem; max-width: 44rem; font-size: clamp(1.1rem, 2.4vw, 1.56rem); line-height: 1.4; }
.query { margin-top: .75rem; color: var(--soft); }
.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); margin-top: clamp(1.5rem, 4vw, 3rem); border-top: 2px solid var(--ink); }
.totals div { padding: .9rem 1rem .25rem 0; }
.totals dt { color: var(--soft); font-size: .85rem; }
.totals dd { font-size: clamp(1.2rem, 4vw, 1.56rem); font-weight: 700; letter-spacing: -.02em; line-height: 1.25; }
.grid { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 1.25rem; }
section { grid-column: span 12; min-width: 0; padding: clamp(1.1rem, 2.4vw, 1.75rem); background: var(--card); border: 1px solid var(--line); border-radius: 1rem; }
section.open { padding: 0 0 1.5rem; background: none; border: 0; }
.stack { grid-column: span 12; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; align-content: start; }
h2 { font-size: 1.25rem; line-height: 1.25; letter-spacing: -.01em; }
.note { margin-top: .25rem; color: var(--soft); max-width: 46rem; }
.chart { display: block; margin-top: 1.25rem; overflow: visible; }
.chart text { fill: var(--ink); font-size: 15px; }
.chart .figure { text-anchor: end; fill: var(--soft); font-variant-numeric: tabular-nums; }
.chart .mark { fill: var(--soft); font-size: 14px; }
.albums { --bar: var(--albums); } .genres { --bar: var(--genres); } .formats { --bar: var(--formats); }
.rail { fill: var(--rail); } .bar { fill: var(--bar); } .stroke { fill: var(--wave); } .stripe { fill: var(--stripe); }
.axis { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.area { fill: var(--area); fill-opacity: .28; } .line { fill: none; stroke: var(--area); stroke-width: 3; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.lack { fill: none; stroke: var(--soft); stroke-width: 1; }
.key { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin-top: .75rem; padding: 0; list-style: none; color: var(--soft); font-size: .9rem; }
.key li { display: flex; align-items: center; gap: .5rem; }
.key b { width: 1.5rem; height: .6rem; border: 1px solid var(--soft); }
.key .has { background: var(--bar); border-color: var(--bar); }
.key .waits { background: repeating-linear-gradient(45deg, var(--stripe) 0 3px, transparent 3px 6px); }
summary { display: inline-block; margin-top: 1rem; padding: .3rem .8rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--soft); font-size: .85rem; cursor: pointer; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
summary:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
.scroll, .tally { overflow-x: auto; }
table { width: 100%; margin-top: 1.25rem; border-collapse: collapse; font-size: .9rem; line-height: 1.35; }
caption { padding-bottom: .35rem; text-align: start; color: var(--soft); font-size: .85rem; }
th, td { padding: .35rem 0 .35rem .75rem; border-top: 1px solid var(--line); text-align: end; vertical-align: top; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { padding-left: 0; text-align: start; }
thead th { color: var(--soft); font-weight: 500; white-space: nowrap; }
tbody th { min-width: 6rem; font-weight: 500; } td { white-space: nowrap; } td.text { white-space: normal; }
.big { margin: .75rem 0 0; font-size: clamp(1.7rem, 5vw, 2.44rem); font-weight: 800; letter-spacing: -.03em; line-height: 1.1; }
.big + .note { margin-top: .4rem; }
footer { padding-top: 2.5rem; color: var(--soft); font-size: .9rem; }
@media (max-width: 40rem) { .tally :is(th, td):nth-child(5) { display: none; } }
@media (min-width: 60rem) { .half { grid-column: span 6; } .stack .half { grid-column: auto; }
  .beside { display: grid; grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr); gap: 2.5rem; align-items: start; } }
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --rail: #eee; --bar: #0072b2; --wave: #d55e00; --stripe: #0072b2; }
  body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; } section { break-inside: avoid; } .half { grid-column: span 6; } summary { display: none; } details::details-content { content-visibility: visible; block-size: auto; } h1 { font-size: 56pt; margin-top: 1rem; }
}
`;
