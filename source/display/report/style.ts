/** How a report looks: readable on paper, in the dark, and without any font or file from elsewhere. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d7dce2, #363c44); --soft: light-dark(#5b6570, #9aa4af); --good: light-dark(#15803d, #4ade80);
  --bad: light-dark(#b91c1c, #f87171); --wait: light-dark(#a16207, #facc15); --accent: light-dark(#0e7490, #22d3ee); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .6rem; } h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
p { margin: .3rem 0; } .soft { color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92em; }
th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--soft); }
code, .mono { font-family: ui-monospace, monospace; font-size: .92em; }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
.summary { font-size: 1.1rem; font-weight: 600; margin-top: .6rem; }
a { color: var(--accent); }
svg text { font: 12px ui-monospace, monospace; fill: currentColor; }
svg line { stroke: var(--line); stroke-width: 2; } svg .open line { stroke: var(--accent); } svg .internal line { stroke-dasharray: 4 4; stroke: var(--soft); }
svg .wire { stroke: var(--line); stroke-width: 2; } svg circle { fill: var(--accent); }
@media print { body { max-width: none; padding: 0; } h2, tr { break-inside: avoid; } }
`;
