/** The report as one HTML page that needs nothing else: data in, text out. */
import { escapeHtml, highlightLines } from './highlight.ts';
import {
  isVectorized,
  type FileReport,
  type FunctionReport,
  type LineReport,
  type Report,
} from './model.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { percent } from './summary.ts';

/** @returns a whole document, with its style, its script and its data inside */
export function htmlReport(report: Report): string {
  const { project, files } = report;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="tsnative ${escapeHtml(report.version)}">
<title>${escapeHtml(project)}: tsnative report</title>
<style>${pageStyle}</style>
<body>
<header>
<h1>${escapeHtml(project)}<small>tsnative report</small></h1>
${figures(report)}
<div class="tools"><button id="theme" title="Light or dark (t)">Light / dark</button><button id="help" title="Keys and the cost model (?)">Help</button></div>
</header>
<main>
<nav aria-label="Native functions">${files.map(navigation).join('')}</nav>
<div class="sheet">${files.map(fileSection).join('')}</div>
<aside aria-live="polite" aria-label="Details of the line"><p class="quiet">Choose a line.</p></aside>
</main>
<footer><p>${escapeHtml(`Machine code by ${report.toolchain} for ${report.cpu}, -O${report.level}.`)} The shading is an
estimate from that code, not a measurement: an instruction counts a hundred times in a loop, ten times more in each loop
inside that, and one of a vectorised loop counts for all its lanes. Made by tsnative ${escapeHtml(report.version)}.</p></footer>
${help}
<script type="application/json" id="report">${embedded(report)}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

const help = `<dialog aria-label="Help"><h2>Reading the report</h2>
<p>The warmer a line, the more of the file’s estimated cost it has: its instructions, a hundred times in a loop, ten times more in each loop inside that. Nothing was run.</p>
<p>A filled dot marks what slows a line down, a green ring what went well.</p>
<dl><dt><kbd>↓</kbd> <kbd>↑</kbd> or <kbd>j</kbd> <kbd>k</kbd></dt><dd>the next or last line with something to tell</dd>
<dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>the next or last line that something slows down</dd>
<dt><kbd>]</kbd> <kbd>[</kbd></dt><dd>the next or last file</dd><dt><kbd>t</kbd></dt><dd>light or dark</dd></dl>
<form method="dialog"><button class="more">Close</button></form></dialog>`;

/** Script elements end at `</script`, whatever surrounds it, and `<!--` is special too. */
const embedded = (report: Report): string =>
  JSON.stringify({
    files: report.files.map(({ path, functions, lines }) => {
      const total = lines.reduce((sum, { cost }) => sum + cost, 0);
      return {
        path,
        functions: functions
          .map(({ line, endLine }) => ({ line, endLine }))
          .sort((a, b) => a.line - b.line),
        lines: lines.map(({ line, heat, cost, items, assembly }) => ({
          line,
          heat,
          part: total === 0 ? 0 : cost / total,
          items,
          assembly,
        })),
      };
    }),
  }).replaceAll('<', '\\u003c');

function figures({ files }: Report): string {
  const functions = files.flatMap((file) => file.functions);
  const sum = (of: (fn: FunctionReport) => number): number =>
    functions.reduce((total, fn) => total + of(fn), 0);
  const innermost = functions.flatMap(({ loops }) => loops.filter((loop) => loop.innermost));
  const vectorized = innermost.filter(isVectorized).length;
  const allocated = sum(({ allocations }) => allocations);
  const hot = sum(({ checks }) => checks.inInnermostLoops);
  const figure = (tone: string, value: string | number, text: string): string =>
    `<li class="${tone}"><b>${value}</b> ${text}</li>`;
  return `<ul class="figures">${[
    figure('', functions.length, functions.length === 1 ? 'native function' : 'native functions'),
    ...(innermost.length > 0
      ? [
          figure(
            vectorized > 0 ? 'good' : '',
            `${vectorized} of ${innermost.length}`,
            'innermost loops vectorised',
          ),
        ]
      : []),
    figure(
      'good',
      sum(({ checks }) => checks.removed),
      'checks proven away',
    ),
    figure(hot > 0 ? 'cost' : 'good', hot, 'checks in innermost loops'),
    figure('', allocated, allocated === 1 ? 'allocation' : 'allocations'),
  ].join('')}</ul>`;
}

function navigation({ path, functions }: FileReport, file: number): string {
  const buttons = functions.map((fn) => {
    const facts = [
      ...loopFacts(fn),
      ...(fn.checks.inInnermostLoops > 0
        ? [
            `<span class="cost">${fn.checks.inInnermostLoops} hot check${fn.checks.inInnermostLoops === 1 ? '' : 's'}</span>`,
          ]
        : []),
    ];
    return `<button data-key="${file}:${fn.line}" style="--share:${fn.share.toFixed(4)}"><span class="name">${escapeHtml(fn.name)}</span><span class="share">${percent(fn.share)}</span><span class="meter"></span>${facts.length > 0 ? `<span class="facts">${facts.join(' · ')}</span>` : ''}</button>`;
  });
  return `<h2>${escapeHtml(path)}</h2>${buttons.join('')}`;
}

function loopFacts({ loops }: FunctionReport): string[] {
  const innermost = loops.filter((loop) => loop.innermost);
  const vectorized = innermost.filter(isVectorized).length;
  if (innermost.length === 0) return [];
  const text = `${vectorized} of ${innermost.length} loop${innermost.length === 1 ? '' : 's'} vectorised`;
  return [vectorized > 0 ? `<span class="good">${text}</span>` : text];
}

function fileSection({ path, source, lines }: FileReport, file: number): string {
  const told = new Map(lines.map((line) => [line.line, line]));
  const texts = highlightLines(source);
  if (texts.at(-1) === '') texts.pop();
  const rows = texts.map((text, index) => row(text, index + 1, file, told.get(index + 1)));
  return `<section aria-label="${escapeHtml(path)}"><h2>${escapeHtml(path)}</h2><ol class="code" role="listbox" tabindex="0" aria-label="Lines of ${escapeHtml(path)}">${rows.join('')}</ol></section>`;
}

function row(text: string, line: number, file: number, told: LineReport | undefined): string {
  const items = told?.items ?? [];
  const tone = items.some((item) => item.tone === 'cost')
    ? 'cost'
    : items.some((item) => item.tone === 'good' && item.kind === 'loop')
      ? 'good'
      : items.length > 0
        ? 'info'
        : '';
  // The square root lets lines of middling cost be seen beside the hottest one.
  const heat = told && told.heat > 0 ? ` style="--heat:${Math.sqrt(told.heat).toFixed(3)}"` : '';
  const state = told ? ' data-told role="option" aria-selected="false"' : ' role="presentation"';
  return `<li id="f${file}l${line}"${state}${heat}><span class="no">${line}</span><span class="dot ${tone}"></span><span class="text">${text || ' '}</span></li>`;
}
