/** Paper is always light; a screen follows what its reader prefers. */
export const style = `:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #17191c);
  --sunken: light-dark(#f5f5f2, #202327);
  --line: light-dark(#d9d9d2, #3a3e46);
  --text: light-dark(#1c1e22, #e7e7e3);
  --soft: light-dark(#565b65, #a9adb6);
  --accent: light-dark(#2b56c6, #93b4ff);
  --deny: light-dark(#b3261e, #ff9a90);
  --review: light-dark(#8a5a00, #f0c063);
  --reduce: light-dark(#8a3a86, #e7a3e2);
  --needs-record: light-dark(#4b5a78, #b3c0dc);
  --advise: light-dark(#0b6a79, #7dd0dd);
  --pay: light-dark(#1f6f3c, #86d3a0);
  --sans: Inter, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif;
}
* { box-sizing: border-box; }
[id] { scroll-margin-top: 1.2rem; }
main:focus { outline: none; }
.skip { position: absolute; left: 1rem; top: -10rem; padding: 0.5rem 0.9rem; background: var(--ground); font: 600 0.9rem var(--sans); }
.skip:focus { top: 0.6rem; }
body {
  display: grid;
  grid-template: 'head head' auto 'contents main' auto / 19rem minmax(0, 47rem);
  gap: 0 3.5rem;
  justify-content: center;
  margin: 0;
  padding: 0 2rem 5rem;
  background: var(--ground);
  color: var(--text);
  font: 16px/1.55 Charter, 'Bitstream Charter', Georgia, 'Times New Roman', serif;
}
header { grid-area: head; margin: 0 0 2rem; padding: 3rem 0 1.2rem; border-bottom: 3px solid var(--text); }
nav { grid-area: contents; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1rem 0.5rem 2rem 0; font: 13.5px/1.4 var(--sans); }
main { grid-area: main; min-width: 0; }
h1, h2, h3, h4, h5, dt, th, caption { font-family: var(--sans); line-height: 1.25; text-wrap: balance; }
h1 { margin: 0; font-size: 2.5rem; letter-spacing: -0.02em; }
header p { margin: 0.5rem 0 0; color: var(--soft); }
h2 { margin: 3.5rem 0 1rem; padding-bottom: 0.35rem; border-bottom: 1px solid var(--text); font-size: 1.6rem; letter-spacing: -0.01em; }
main > section:first-child h2 { margin-top: 0.6rem; }
nav h2 { margin: 0 0 0.6rem; padding: 0; border: 0; color: var(--soft); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.02em; }
h3 { margin: 2.8rem 0 0.8rem; font-size: 1.25rem; }
h4 { margin: 2rem 0 0.6rem; font-size: 1.02rem; }
h5 { display: flex; gap: 1rem; justify-content: space-between; align-items: baseline; margin: 0 0 0.35rem; font-size: 0.95rem; }
p { margin: 0.4rem 0; }
ul { margin: 0.3rem 0; padding-left: 1.3rem; }
li { margin: 0.2rem 0; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.15em; overflow-wrap: anywhere; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav ol { margin: 0; padding: 0; list-style: none; }
nav li { margin: 0.45rem 0; }
nav > ol > li > a { font-weight: 600; }
nav ol ol { margin: 0.2rem 0 0.8rem; padding-left: 0.8rem; border-left: 1px solid var(--line); }
nav a { color: inherit; text-decoration: none; }
nav a:hover { color: var(--accent); text-decoration: underline; }
/* Numbers to name a policy or a rule by, over the telephone and on paper: the same in the contents and in the text. */
body { counter-reset: part; }
.part { counter-increment: part; counter-reset: section; }
.part > h2::before { content: counter(part) '\\2002'; }
.part h3 { counter-increment: section; counter-reset: rule; }
.part h3::before { content: counter(part) '.' counter(section) '\\2002'; }
.rule h5 { counter-increment: rule; }
.rule h5 > .name::before { content: counter(part) '.' counter(section) '.' counter(rule) '\\2002'; }
nav > ol { counter-reset: listed; }
nav > ol > li:not(.unnumbered) { counter-increment: listed; counter-reset: below; }
nav > ol > li:not(.unnumbered) > a::before { content: counter(listed) '\\2002'; }
nav ol ol > li { counter-increment: below; }
nav ol ol > li > a::before { content: counter(listed) '.' counter(below) '\\2002'; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.3rem 1.4rem; margin: 0.6rem 0; }
dt { color: var(--soft); font-size: 0.86rem; line-height: 1.75; }
dd { margin: 0; }
code { font: 0.86em ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
.clauses { grid-template-columns: 11rem minmax(0, 1fr); }
.clauses dt { padding-top: 0.15rem; line-height: 1.4; }
.decisions { gap: 0.4rem 1.4rem; margin: 1rem 0; }
.rule { margin: 0.9rem 0; padding: 0.8rem 1rem 0.7rem; border: 1px solid var(--line); border-radius: 6px; }
.remedy { color: var(--text); }
.source { color: var(--soft); font: 0.82rem/1.45 var(--sans); }
.decision { flex: none; font: 600 0.82rem/1.5 var(--sans); white-space: nowrap; }
.deny { color: var(--deny); }
.review { color: var(--review); }
.reduce { color: var(--reduce); }
.needs-record { color: var(--needs-record); }
.advise { color: var(--advise); }
.pay { color: var(--pay); }
table { width: 100%; margin: 0.8rem 0 1.4rem; border-collapse: collapse; font: 0.86rem/1.45 var(--sans); }
caption { padding: 0 0 0.4rem; color: var(--soft); font-size: 0.82rem; text-align: left; }
th, td { padding: 0.35rem 0.7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 1px solid var(--soft); background: var(--sunken); font-weight: 600; }
tbody th { font-weight: 600; line-height: inherit; white-space: nowrap; font-variant-numeric: tabular-nums; }
.units { width: 28rem; max-width: 100%; }
.list tbody th { width: 9rem; }
.codes td:last-child { width: 62%; }
.codes ul { margin: 0; padding: 0; list-style: none; }
.codes li { display: inline; }
.codes li + li::before { content: ' · '; }
.examples tbody th { width: 27%; font-weight: 400; white-space: normal; }
.examples td:nth-child(2) { width: 19%; }
.examples td:last-child { width: 36%; }
:target { background: var(--sunken); }
@media (max-width: 62rem) {
  body { display: block; max-width: 51rem; margin: 0 auto; padding: 0 1.2rem 3rem; }
  nav { position: static; max-height: none; }
}
@media (max-width: 40rem) {
  h1 { font-size: 2rem; }
  h5 { flex-wrap: wrap; gap: 0 1rem; }
  dl, .clauses { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: 0.5rem; }
  table { table-layout: fixed; font-size: 0.78rem; }
  th, td, tbody th { padding: 0.3rem 0.35rem; white-space: normal; overflow-wrap: anywhere; }
  .list tbody th, .codes td:last-child { width: auto; }
  .units { width: 100%; min-width: 0; }
  .examples tbody th, .examples td:nth-child(2), .examples td:last-child { width: auto; }
  .decision { white-space: normal; }
}
@page { size: auto; margin: 20mm 18mm; @bottom-left { content: 'Policy manual'; font: 8pt sans-serif; color: #565b65; } @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt sans-serif; color: #565b65; } }
@media print {
  :root { color-scheme: light; font-size: 12.5px; }
  body { display: block; max-width: none; padding: 0; font-size: 1rem; }
  header { padding-top: 0; }
  main > section:first-child h2 { margin-top: 2.5rem; }
  nav { position: static; max-height: none; overflow: visible; columns: 2; column-gap: 2.5rem; font-size: 0.88rem; }
  nav h2 { column-span: all; }
  nav > ol > li { break-inside: avoid; }
  .part { break-before: page; }
  .part > h2 { margin-top: 0; }
  .skip { display: none; }
  .list th, .list td { padding-block: 0.12rem; }
  h2, h3, h4, h5, caption { break-after: avoid; }
  h5 + p, caption, .said { break-inside: avoid; }
  th, td { padding: 0.22rem 0.6rem; }
  .rule, tr, dd, li { break-inside: avoid; }
  .units { break-inside: avoid; }
  thead { display: table-header-group; break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  a { color: inherit; text-decoration: none; }
  p { orphans: 3; widows: 3; }
}
`;
