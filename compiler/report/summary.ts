/** The report in a terminal: for each function what became of its loops, checks and allocations. */
import picocolors from 'picocolors';
import {
  isVectorized,
  type FileReport,
  type FunctionReport,
  type Item,
  type Report,
} from './model.ts';

export interface SummaryOptions {
  readonly colour: boolean;
  /** The terminal's width. */
  readonly columns?: number | undefined;
}

/** More lines than this on one function are left to the page. */
const mostLines = 8;

interface Row {
  readonly line: number;
  readonly item: Item;
}

/** The text that `build --explain` adds; ends with a newline. */
export function explainReport(report: Report, { colour, columns = 100 }: SummaryOptions): string {
  const pc = picocolors.createColors(colour);
  const functions = report.files
    .flatMap((file) => file.functions.map((fn) => ({ file, fn })))
    .sort((a, b) => b.fn.cost - a.fn.cost);
  const text = functions.map(({ file, fn }) => {
    const rows = rowsOf(file, fn);
    const advised = new Set<string>();
    /** Advice that differs in names alone is given once. */
    const isNew = (advice: string): boolean => {
      const shape = advice.replace(/`[^`]*`|\d+/g, '');
      return !advised.has(shape) && Boolean(advised.add(shape));
    };
    const shown = rows.slice(0, mostLines);
    const width = Math.max(...shown.map(({ line }) => String(line).length), 1);
    const head = `${pc.bold(fn.name)}  ${pc.dim(`${file.path}:${fn.line}`)}  ${percent(fn.share)} of the file’s cost`;
    return [
      head,
      `  ${pc.dim(overview(fn))}`,
      ...shown.flatMap(({ line, item }) => {
        const mark = { cost: pc.yellow('●'), good: pc.green('✓'), info: pc.dim('·') }[item.tone];
        const place = String(line).padStart(width);
        const indent = ' '.repeat(width + 5);
        const told = item.text === undefined ? item.title : `${item.title}: ${item.text}`;
        const lines = wrap(plain(told), columns - indent.length);
        const [first = '', ...rest] = lines;
        return [
          `  ${mark} ${pc.dim(place)} ${first}`,
          ...rest.map((more) => indent + more),
          ...(item.rewrite === undefined || !isNew(item.rewrite)
            ? []
            : wrap(`→ ${plain(item.rewrite)}`, columns - indent.length).map(
                (more) => indent + pc.cyan(more),
              )),
        ];
      }),
      ...(rows.length > shown.length
        ? [pc.dim(`  and ${rows.length - shown.length} more; tsnative report shows all`)]
        : []),
    ].join('\n');
  });
  const note =
    'The cost is an estimate: instructions, a hundred times in a loop, ten times more in each loop inside.';
  return `${[...text, pc.dim(wrap(note, columns).join('\n'))].join('\n\n')}\n`;
}

/** What is worth a line: loops, what costs in innermost loops or asks for a hint, allocations. */
function rowsOf(file: FileReport, fn: FunctionReport): Row[] {
  const rows = file.lines
    .filter(({ line }) => fn.line <= line && line <= fn.endLine)
    .flatMap(({ line, items }) => items.map((item) => ({ line, item })));
  const tells = ({ item }: Row): boolean =>
    item.tone === 'cost' ||
    item.kind === 'allocation' ||
    (item.kind === 'loop' && item.tone === 'good');
  const weight = ({ item }: Row): number =>
    item.tone !== 'cost' ? 3 : item.kind === 'loop' ? 0 : item.hot ? 1 : 2;
  return rows.filter(tells).sort((a, b) => weight(a) - weight(b) || a.line - b.line);
}

/** Such as `2 loops, 1 vectorised · 3 of 8 checks left, 1 in innermost loops · 2 allocations`. */
function overview({ loops, checks, allocations }: FunctionReport): string {
  const vectorized = loops.filter(isVectorized).length;
  const all = checks.kept + checks.removed;
  return [
    loops.length === 0 ? 'no loop' : `${count(loops.length, 'loop')}, ${vectorized} vectorised`,
    ...(all === 0
      ? []
      : checks.kept === 0
        ? [`${count(all, 'check')} proven away`]
        : [
            `${checks.kept} of ${count(all, 'check')} left, ${checks.inInnermostLoops} in innermost loops`,
          ]),
    ...(allocations === 0 ? [] : [count(allocations, 'allocation')]),
  ].join(' · ');
}

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;

export const percent = (share: number): string =>
  share > 0 && share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`;

const plain = (text: string): string => text.replaceAll('`', '');

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
