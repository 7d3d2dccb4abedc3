/** A graph's picture as SVG. */
import type { Box } from './boxes.ts';
import type { Layout, Placed, Point } from './layout.ts';

/** @param isLive whether boxes have bars, which a script lengthens as their tasks end */
export function svgOf(boxes: readonly Box[], layout: Layout, isLive = false): string {
  const { width, height, lines } = layout;
  const hues = huesOf(boxes);
  const size = `width="${round(width)}" height="${round(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" ${size} font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="12">`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.5 8 4 0 7.5z" fill="#8a94a3"/></marker></defs>',
    ...(isLive ? [] : ['<rect width="100%" height="100%" fill="#fff"/>']),
    ...lines.map(
      (points) =>
        `<path d="${curve(points)}" fill="none" stroke="#8a94a3" stroke-width="1.2" marker-end="url(#arrow)"/>`,
    ),
    ...layout.boxes.map((placed, at) => {
      const name = boxes[at]?.name ?? '';
      return boxSvg(placed, name, hues.get(name) ?? 0, at, isLive);
    }),
    '</svg>',
    '',
  ].join('\n');
}

function boxSvg(
  { label, x, y, width, height }: Placed,
  name: string,
  hue: number,
  at: number,
  isLive: boolean,
): string {
  const frame = `x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${height}" rx="7"`;
  const bar = `x="${round(x - width / 2 + 8)}" y="${round(y + height / 2 - 8)}" height="3" rx="1.5"`;
  const bars = isLive
    ? `<rect class="whole" ${bar} width="${round(width - 16)}"/><rect class="done" ${bar} width="0" data-full="${round(width - 16)}"/>`
    : '';
  return [
    `<g class="box" data-box="${at}"><title>${escaped(name)}</title>`,
    `<rect class="frame" ${frame} fill="hsl(${hue} 75% 93%)" stroke="hsl(${hue} 42% 52%)" stroke-width="1.3"/>`,
    `<text x="${round(x)}" y="${round(y + (isLive ? 1 : 4))}" text-anchor="middle" fill="#1c2430">${escaped(label)}</text>${bars}</g>`,
  ].join('');
}

/** Upright at each of its points, so that lines leave boxes and arrive at them in the middle. */
function curve([first, ...others]: readonly Point[]): string {
  if (!first) return '';
  let [path, from] = [`M${at(first)}`, first];
  for (const to of others) {
    const middle = (from.y + to.y) / 2;
    path += `C${at({ x: from.x, y: middle })} ${at({ x: to.x, y: middle })} ${at(to)}`;
    from = to;
  }
  return path;
}

const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
const round = (x: number): number => Math.round(x * 10) / 10;

/** Of each name: by the golden angle, so that those of the first names are far apart; without red, which is for what fails. */
function huesOf(boxes: readonly Box[]): ReadonlyMap<string, number> {
  const names = [...new Set(boxes.map(({ name }) => name))];
  return new Map(names.map((name, at) => [name, 30 + (Math.round(180 + at * 137.5) % 300)]));
}

/** For text and attributes, without what XML doesn't allow at all. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
}
