/** How the dashboard's page looks. */
export const pageStyle = `
:root { --ink: #1c2430; --soft: #667085; --line: #dfe3ea; --back: #f5f6f9; --good: #2f8f5b; --busy: #2f6fd6; --bad: #c8382f; }
* { box-sizing: border-box; margin: 0; }
body { font: 14px/1.45 system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; color: var(--ink); background: var(--back); height: 100vh; display: flex; flex-direction: column; }
header { background: #fff; border-bottom: 1px solid var(--line); padding: 14px 20px 16px; display: grid; grid-template-columns: auto 1fr; gap: 12px 32px; align-items: center; }
h1 { font-size: 18px; font-weight: 600; white-space: nowrap; }
#state { font-size: 12px; font-weight: 500; padding: 3px 10px; border-radius: 20px; margin-left: 8px; vertical-align: 2px; color: #fff; background: var(--soft); }
#state.running { background: var(--busy); } #state.done { background: var(--good); } #state.failed { background: var(--bad); }
dl { display: flex; gap: 30px; justify-content: flex-end; flex-wrap: wrap; }
dt { font-size: 11px; color: var(--soft); } dd { font-size: 17px; font-variant-numeric: tabular-nums; }
#bar { grid-column: 1 / -1; height: 8px; border-radius: 4px; background: #e6e9ef; overflow: hidden; }
#bar div { height: 100%; width: 0; background: var(--good); border-radius: 4px; }
.failed-run #bar div { background: var(--bad); }
#message { grid-column: 1 / -1; color: var(--bad); font-family: ui-monospace, 'DejaVu Sans Mono', monospace; font-size: 13px; white-space: pre-wrap; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 3fr) minmax(340px, 2fr); gap: 16px; padding: 16px 20px; }
section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
h2 { font-size: 13px; font-weight: 600; margin-bottom: 8px; } small { font-weight: 400; color: var(--soft); }
#graph { display: flex; flex-direction: column; min-height: 0; }
#picture { flex: 1; min-height: 0; overflow: auto; text-align: center; }
#picture svg { max-width: 100%; height: auto; }
#side { display: flex; flex-direction: column; gap: 16px; min-height: 0; overflow: auto; }
.box .frame { transition: fill-opacity .2s; } .box.idle .frame { fill-opacity: .35; stroke-opacity: .5; }
.box.running .frame { stroke: var(--busy); stroke-width: 2.4; } .box.failed .frame { stroke: var(--bad); stroke-width: 2.6; }
.whole { fill: #0000001a; } .done { fill: var(--good); transition: width .1s; }
.worker { display: grid; grid-template-columns: 1fr auto; align-items: baseline; margin-bottom: 10px; }
.worker span { color: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
.worker svg { grid-column: 1 / -1; width: 100%; height: 38px; display: block; border-bottom: 1px solid var(--line); }
.worker rect { fill: var(--busy); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; font-size: 11px; font-weight: 400; color: var(--soft); } th, td { padding: 3px 6px 3px 0; border-bottom: 1px solid #eef0f4; }
th:not(:first-child), td:not(:first-child) { text-align: right; } td:first-child { font-family: ui-monospace, 'DejaVu Sans Mono', monospace; font-size: 12.5px; overflow-wrap: anywhere; }
tr.failed td { color: var(--bad); }
@media (max-width: 900px) { body { height: auto; } main { grid-template-columns: 1fr; } header { grid-template-columns: 1fr; } dl { justify-content: flex-start; } }
`;
