/** The page's looks: one warm colour for cost, one green for what went well, everything else in greys. */
export const pageStyle = String.raw`
:root {
  color-scheme: light dark;
  --ground: #fbfaf8; --sheet: #fff; --sunk: #f4f2ee; --ink: #22201d; --soft: #6d675f; --faint: #a39c92;
  --line: #e7e3dc; --hot: #e8590c; --cost: #b8480a; --good: #1d7a4c; --mark: #2457c5; --pick: #2457c51a;
  --kw: #8a3ffc; --ty: #0b6e99; --st: #2b7a3d; --nu: #a8480f; --co: #918a80;
  --sans: ui-sans-serif, system-ui, -apple-system, 'Segoe UI', 'Inter', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) { color-scheme: dark;
  --ground: #151412; --sheet: #1b1a18; --sunk: #232120; --ink: #ece8e1; --soft: #a8a198; --faint: #756f67;
  --line: #2f2c29; --hot: #ff7a2f; --cost: #ffa366; --good: #62c794; --mark: #8fb2ff; --pick: #8fb2ff21;
  --kw: #c4a1ff; --ty: #74c3e3; --st: #8fce9b; --nu: #f0a774; --co: #7d766d; } }
:root[data-theme='dark'] { color-scheme: dark;
  --ground: #151412; --sheet: #1b1a18; --sunk: #232120; --ink: #ece8e1; --soft: #a8a198; --faint: #756f67;
  --line: #2f2c29; --hot: #ff7a2f; --cost: #ffa366; --good: #62c794; --mark: #8fb2ff; --pick: #8fb2ff21;
  --kw: #c4a1ff; --ty: #74c3e3; --st: #8fce9b; --nu: #f0a774; --co: #7d766d; }
:root[data-theme='light'] { color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 var(--sans); }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; border-radius: 4px; }
code, pre, .code, .asm { font-family: var(--mono); font-variant-ligatures: none; }
sup { font-size: .72em; line-height: 0; }

header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem 1.6rem; padding: 1.3rem 1.75rem 1.1rem;
  border-bottom: 1px solid var(--line); }
header h1 { margin: 0; font-size: 1.3rem; font-weight: 650; letter-spacing: -.015em; }
header h1 small { font-size: .8rem; font-weight: 450; letter-spacing: 0; color: var(--soft); margin-left: .55rem; }
.figures { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; margin: 0; padding: 0; list-style: none; color: var(--soft);
  font-size: .87rem; }
.figures b { color: var(--ink); font-weight: 620; font-variant-numeric: tabular-nums; }
.figures .good b { color: var(--good); } .figures .cost b { color: var(--cost); }
header .tools { margin-left: auto; display: flex; gap: .5rem; font-size: .82rem; color: var(--soft); }
header .tools button { border: 1px solid var(--line); border-radius: 7px; padding: .2rem .65rem; background: var(--sheet); }
header .tools button:hover { border-color: var(--faint); color: var(--ink); }

main { display: grid; grid-template-columns: 16rem minmax(0, 1fr) minmax(22rem, 30rem); align-items: start; }
nav { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 1.2rem .75rem 2rem 1.25rem; }
nav h2 { margin: 1.1rem 0 .25rem .5rem; font-size: .76rem; font-weight: 550; color: var(--soft); font-family: var(--mono);
  overflow-wrap: anywhere; }
nav h2:first-child { margin-top: 0; }
nav button { display: grid; grid-template-columns: 1fr auto; gap: 0 .5rem; width: 100%; text-align: left; padding: .32rem .5rem;
  border-radius: 8px; }
nav button:hover { background: var(--sunk); }
nav button[aria-current='true'] { background: var(--pick); }
nav .name { font-weight: 560; font-size: .9rem; overflow-wrap: anywhere; }
nav .share { font-size: .78rem; color: var(--soft); font-variant-numeric: tabular-nums; padding-top: .1rem; }
nav .meter { grid-column: 1 / -1; height: 3px; margin: .18rem 0 .22rem; border-radius: 2px; background: var(--line); overflow: hidden; }
nav .meter::before { content: ''; display: block; height: 100%; width: calc(var(--share) * 100%); min-width: 2px;
  background: var(--hot); border-radius: 2px; }
nav .facts { grid-column: 1 / -1; font-size: .76rem; color: var(--soft); }
nav .facts .good { color: var(--good); } nav .facts .cost { color: var(--cost); }

.sheet { min-width: 0; background: var(--sheet); border-inline: 1px solid var(--line); min-height: 100vh; }
.sheet h2 { position: sticky; top: 0; z-index: 1; margin: 0; padding: .7rem 1.25rem; font: 550 .84rem var(--mono);
  background: var(--sheet); border-bottom: 1px solid var(--line); }
.code { margin: 0; padding: .6rem 0 3rem; list-style: none; font-size: 13px; line-height: 21px; overflow-x: auto; }
.code:focus { outline: none; }
.code li { display: grid; grid-template-columns: 3.3rem 1.15rem minmax(max-content, 1fr); position: relative; min-width: max-content;
  width: 100%; white-space: pre; tab-size: 2;
  background: linear-gradient(90deg, color-mix(in oklab, var(--hot) calc(var(--heat, 0) * 34%), transparent) 3.3rem,
    color-mix(in oklab, var(--hot) calc(var(--heat, 0) * 13%), transparent)); }
.code li::before { content: ''; position: absolute; inset: 0 auto 0 0; width: 4px; background: var(--hot); opacity: var(--heat, 0); }
.code li[data-told] { cursor: pointer; }
.code li[data-told]:hover { box-shadow: inset 0 0 0 999px color-mix(in oklab, var(--ink) 4%, transparent); }
.code li[aria-selected='true'] { box-shadow: inset 0 0 0 1.5px var(--mark); border-radius: 4px; }
.code .no { text-align: right; padding-right: .55rem; color: var(--faint); user-select: none; font-variant-numeric: tabular-nums; }
.code li[data-told] .no { color: var(--soft); }
.code .dot { display: flex; align-items: center; gap: 2px; user-select: none; }
.code .dot::before { content: ''; width: 7px; height: 7px; border-radius: 50%; }
.code .dot.cost::before { background: var(--hot); }
.code .dot.good::before { box-shadow: inset 0 0 0 2px var(--good); }
.code .dot.info::before { width: 5px; height: 5px; margin-left: 1px; background: var(--faint); opacity: .55; }
.code .text { padding-right: 2rem; }
i { font-style: normal; } i.c { color: var(--co); } i.k { color: var(--kw); } i.t { color: var(--ty); } i.s { color: var(--st); }
i.n { color: var(--nu); }

aside { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 1.15rem 1.6rem 3rem 1.5rem; }
aside .place { display: flex; align-items: baseline; gap: .7rem; color: var(--soft); font-size: .84rem; }
aside .place b { color: var(--ink); font-size: 1rem; font-weight: 640; }
aside .place span { margin-left: auto; font-variant-numeric: tabular-nums; }
aside pre.source { margin: .5rem 0 .2rem; padding: .55rem .75rem; border-radius: 8px; background: var(--sunk); font-size: 12.5px;
  line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; }
aside h3 { margin: 1.35rem 0 .35rem; font-size: .78rem; font-weight: 600; color: var(--soft); }
.items { margin: 0; padding: 0; list-style: none; }
.items li { position: relative; padding: .5rem 0 .55rem 1.25rem; border-top: 1px solid var(--line); }
.items li:first-child { border-top: 0; }
.items li::before { content: ''; position: absolute; left: 1px; top: 1.02rem; width: 8px; height: 8px; border-radius: 50%;
  background: var(--faint); }
.items li.cost::before { background: var(--hot); } .items li.good::before { background: var(--good); }
.items strong { font-weight: 600; } .items li.cost strong { color: var(--cost); } .items li.good strong { color: var(--good); }
.items li.info strong { font-weight: 550; }
.items p { margin: .12rem 0 0; color: var(--soft); font-size: .91rem; }
.items p.rewrite { margin-top: .35rem; color: var(--ink); padding-left: .7rem; border-left: 2px solid var(--mark); }
.items code { font-size: .86em; background: color-mix(in oklab, var(--ink) 6%, transparent); padding: .08em .3em; border-radius: 4px;
  overflow-wrap: anywhere; }
.piece { margin: .45rem 0 0; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--sheet); }
.piece header { display: flex; gap: .6rem; align-items: baseline; padding: .28rem .7rem; border: 0; border-bottom: 1px solid var(--line);
  font-size: .76rem; color: var(--soft); background: var(--sunk); }
.piece header b { font-weight: 560; color: var(--ink); }
.asm { margin: 0; padding: .4rem .7rem; font-size: 12px; line-height: 1.55; overflow-x: auto; white-space: pre; tab-size: 8; }
.asm b { font-weight: 500; color: var(--kw); display: inline-block; min-width: 6.2em; }
.asm hr { border: 0; border-top: 1px dashed var(--line); margin: .3rem 0; }
.more { margin-top: .5rem; font-size: .84rem; color: var(--mark); }
.quiet { color: var(--soft); }
dialog { border: 1px solid var(--line); border-radius: 12px; padding: 1.2rem 1.6rem; background: var(--sheet); color: var(--ink); max-width: 34rem; }
dialog::backdrop { background: #0006; }
dialog h2 { margin: 0 0 .5rem; font-size: 1.02rem; } dialog p { margin: .4rem 0; color: var(--soft); font-size: .92rem; }
dialog dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: .8rem 0; font-size: .92rem; } dialog dd { margin: 0; }
kbd { font: 500 .82em var(--mono); border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 5px; padding: .05em .4em;
  background: var(--sunk); }
footer { padding: 1rem 1.75rem 1.6rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .84rem; max-width: none; }
footer p { margin: .15rem 0; max-width: 62rem; }
[hidden] { display: none !important; }

@media (max-width: 1180px) {
  main { grid-template-columns: minmax(0, 1fr) minmax(19rem, 24rem); }
  nav { grid-column: 1 / -1; position: static; max-height: none; display: flex; flex-wrap: wrap; gap: .2rem .5rem;
    padding: .7rem 1.1rem; border-bottom: 1px solid var(--line); align-items: center; }
  nav h2, nav .facts, nav .meter { display: none; } nav button { width: auto; }
  .sheet { border-left: 0; }
}
@media (max-width: 760px) {
  main { display: block; } .sheet { border: 0; min-height: 0; }
  aside { position: fixed; inset: auto 0 0 0; max-height: 46vh; background: var(--ground); border-top: 1px solid var(--line);
    box-shadow: 0 -8px 30px #0002; padding: .9rem 1.1rem 1.5rem; }
  footer { padding-bottom: 50vh; }
}
@media print { nav, aside, .tools { display: none; } main { display: block; } .sheet section[hidden] { display: block !important; } }
`;
