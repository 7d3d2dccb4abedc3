/** The ratios as an SVG picture, which takes the reader's light or dark colours. */
import type { KernelSummary } from './summary.ts';

/** Whom the picture shows, and where the legend has them. */
const rivals = [
  { peer: 'clang', title: 'clang -O3', at: 560 },
  { peer: 'v8', title: 'V8', at: 650 },
  { peer: 'assemblyscript', title: 'AssemblyScript -O3', at: 700 },
] as const;

const suites = [
  ['polybench', 'PolyBench'],
  ['other', 'others'],
  ['heap', 'with objects'],
] as const;

const width = 860;
const left = 150;
const right = 30;
const top = 92;
const rowHeight = 19;
const gap = 34;
const least = 1 / 4;
const most = 64;

/** Where a ratio is on the logarithmic axis; what lies outside is put at its end. */
const x = (ratio: number): number => {
  const inside = Math.min(most, Math.max(least, ratio));
  const part = Math.log(inside / least) / Math.log(most / least);
  return round(left + part * (width - left - right));
};

/** One row a kernel: a dot for each rival with a line from the low to the high ratio. */
export function chart(summaries: readonly KernelSummary[]): string {
  const parts: string[] = [];
  let y = top;
  for (const [suite, title] of suites) {
    const rows = summaries.filter((one) => one.suite === suite);
    if (rows.length === 0) continue;
    parts.push(text(left - 10, y, title, 'name head'));
    y += rowHeight;
    for (const summary of rows) {
      parts.push(kernelRow(summary, y));
      y += rowHeight;
    }
    y += gap - rowHeight;
  }
  const bottom = y - gap + rowHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 30}" width="${width}" font-family="system-ui, sans-serif" font-size="12">
<title>Time of others over tsnative’s</title>
<style>
  svg { background: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d8dee4; }
  .clang { --c: #0969da } .v8 { --c: #bc4c00 } .assemblyscript { --c: #8250df }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; --ink: #e6edf3; --soft: #9198a1; --line: #30363d; }
    .clang { --c: #58a6ff } .v8 { --c: #f0883e } .assemblyscript { --c: #bc8cff }
  }
  text { fill: var(--ink) } .axis { fill: var(--soft); text-anchor: middle } .name { text-anchor: end }
  .head { font-weight: 600 } .title { font-size: 16px; font-weight: 600 } .soft { fill: var(--soft) }
  .grid { stroke: var(--line) } .one { stroke: var(--ink); stroke-width: 1.5 }
  circle { fill: var(--c) } .range { stroke: var(--c); stroke-width: 2; opacity: .45 }
</style>
${text(20, 28, 'How many times faster is tsnative?', 'title')}
${text(20, 48, 'The rival’s time over ours, bounds checks on: right of 1 is faster. Lines hold 80 % of the rounds.', 'soft')}
${legend()}
${grid(bottom)}
${parts.join('\n')}
</svg>
`;
}

function kernelRow({ name, ratios }: KernelSummary, y: number): string {
  const marks = rivals.flatMap(({ peer, title }) => {
    const ratio = ratios[peer];
    if (ratio === undefined) return [];
    const { median, low, high } = ratio;
    const range = `<line class="range" x1="${x(low)}" x2="${x(high)}" y1="${y - 4}" y2="${y - 4}"/>`;
    const tip = `<title>${name}: ${median.toFixed(2)} × ${title}</title>`;
    return `<g class="${peer}">${range}<circle cx="${x(median)}" cy="${y - 4}" r="4.5">${tip}</circle></g>`;
  });
  return `${text(left - 10, y, name, 'name')}${marks.join('')}`;
}

function legend(): string {
  return rivals
    .map(({ peer, title, at }) => {
      return `<g class="${peer}"><circle cx="${at}" cy="24" r="4.5"/></g>${text(at + 9, 28, title, '')}`;
    })
    .join('');
}

function grid(bottom: number): string {
  const lines: string[] = [];
  for (let ratio = least; ratio <= most; ratio *= 2) {
    const at = x(ratio);
    const kind = ratio === 1 ? 'one' : 'grid';
    const label = ratio < 1 ? `1/${1 / ratio}` : `${ratio} ×`;
    lines.push(
      `<line class="${kind}" x1="${at}" x2="${at}" y1="${top - 18}" y2="${bottom}"/>`,
      text(at, top - 24, label, 'axis'),
      text(at, bottom + 16, label, 'axis'),
    );
  }
  return lines.join('\n');
}

const text = (at: number, y: number, content: string, kind: string): string =>
  `<text x="${at}" y="${y}" class="${kind}">${content}</text>`;

const round = (value: number): number => Math.round(value * 10) / 10;
