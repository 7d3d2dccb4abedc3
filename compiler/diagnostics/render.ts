/** Diagnostics as text for a terminal, as rustc and Elm have taught people to expect it. */
import picocolors from 'picocolors';
import { excerpt } from './excerpt.ts';
import { displayPath, inOrder } from './list.ts';
import type { Diagnostic, Place } from './types.ts';

export interface RenderOptions {
  readonly colour: boolean;
  /** The text of a source file, or undefined where it can't be read. */
  readonly readSource: (file: string) => string | undefined;
  /** Absolute; paths below it are shown relative to it. */
  readonly cwd: string;
}

/**
 * All diagnostics in the order of their places, each with its source lines, and a count at the
 * end. Empty for none; else ends with a newline.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions,
): string {
  if (diagnostics.length === 0) return '';
  const blocks = inOrder(diagnostics).map((diagnostic) => renderOne(diagnostic, options));
  return [...blocks, `${count(diagnostics, options)}\n`].join('\n');
}

function renderOne(diagnostic: Diagnostic, options: RenderOptions): string {
  const pc = picocolors.createColors(options.colour);
  const tone = diagnostic.severity === 'error' ? pc.red : pc.yellow;
  const related = diagnostic.related ?? [];
  const places = [diagnostic.place, ...related.map(({ place }) => place)];
  const gutter = Math.max(1, ...places.map((place) => String(place?.endLine ?? 0).length));
  const margin = ' '.repeat(gutter);
  const [first = '', ...more] = diagnostic.message.split('\n');
  const head = tone(pc.bold(`${diagnostic.severity}[${diagnostic.code}]`));
  const lines = [`${head}${pc.bold(`: ${first}`)}`, ...more.map((line) => `  ${line}`)];
  if (diagnostic.place) lines.push(...renderPlace(diagnostic.place, gutter, tone, options));
  const remarks = diagnostic.why ?? diagnostic.rewrite ?? related[0];
  if (diagnostic.place && remarks) lines.push(`${margin} ${pc.blue('|')}`);
  if (diagnostic.why) lines.push(...remark('why', diagnostic.why));
  if (diagnostic.rewrite) lines.push(...remark('rewrite', diagnostic.rewrite));
  for (const { place, message } of related) {
    lines.push(...remark('note', message), ...renderPlace(place, gutter, pc.cyan, options));
  }
  return `${lines.join('\n')}\n`;

  function remark(label: string, text: string): string[] {
    const start = `${margin} ${pc.blue('=')} ${pc.bold(`${label}:`)}`;
    const parts = text.split('\n');
    if (parts.length === 1) return [`${start} ${text}`];
    return [start, ...parts.map((part) => (part ? `${margin}     ${part}` : ''))];
  }
}

function renderPlace(
  place: Place,
  gutter: number,
  tone: (text: string) => string,
  options: RenderOptions,
): string[] {
  const pc = picocolors.createColors(options.colour);
  const margin = ' '.repeat(gutter);
  const path = displayPath(place.file, options.cwd);
  const lines = [`${margin}${pc.blue('-->')} ${path}:${place.line}:${place.column}`];
  const source = options.readSource(place.file);
  const shown = source === undefined ? [] : excerpt(source, place);
  if (shown.length === 0) return lines;
  const bar = pc.blue('|');
  lines.push(`${margin} ${bar}`);
  for (const { number, text, kind } of shown) {
    const label = pc.blue(String(number ?? '').padStart(gutter));
    const content = kind === 'carets' ? tone(text) : text;
    lines.push(kind === 'dots' ? pc.blue(text) : `${label} ${bar}${content && ` ${content}`}`);
  }
  return lines;
}

function count(diagnostics: readonly Diagnostic[], { colour }: RenderOptions): string {
  const pc = picocolors.createColors(colour);
  const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  return [
    ...(errors > 0 ? [pc.red(pc.bold(plural(errors, 'error')))] : []),
    ...(warnings > 0 ? [pc.yellow(pc.bold(plural(warnings, 'warning')))] : []),
  ].join(' and ');
}
