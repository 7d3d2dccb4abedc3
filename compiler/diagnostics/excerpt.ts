/** The source lines of a place with carets below, for the terminal. */
import stringWidth from 'string-width';
import type { Place } from './types.ts';

const tabWidth = 4;
/** Lines longer than this, as in minified code, are shown around the place alone. */
const longestLine = 160;
/** A place of more lines is shown by its first two and its last. */
const mostLines = 4;

export interface ExcerptLine {
  /** 1-based, or undefined for a line of carets or of dots. */
  readonly number: number | undefined;
  readonly text: string;
  readonly kind: 'source' | 'carets' | 'dots';
}

/**
 * What to show of `source` for a place; empty when the place lies outside of it. Carets stand
 * below the first and the last line. Tabs become spaces and wide characters count as the
 * columns they take.
 */
export function excerpt(source: string, place: Place): ExcerptLine[] {
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  const result: ExcerptLine[] = [];
  const skipped = place.endLine - place.line + 1 > mostLines;
  for (let number = place.line; number <= place.endLine; number++) {
    const line = lines[number - 1];
    if (line === undefined) break;
    if (skipped && number > place.line + 1 && number < place.endLine) {
      if (number === place.line + 2) result.push({ number: undefined, text: '...', kind: 'dots' });
      continue;
    }
    const indent = line.length - line.trimStart().length;
    const isFirst = number === place.line;
    const isLast = number === place.endLine;
    const from = isFirst ? place.column - 1 : indent;
    const to = isLast ? place.endColumn - 1 : line.trimEnd().length;
    const shown = expand(line, from, Math.max(to, from + 1));
    result.push({ number, text: shown.text, kind: 'source' });
    if (isFirst || isLast) result.push({ number: undefined, text: shown.carets, kind: 'carets' });
  }
  return result;
}

/** A line with its tabs expanded, and the carets for its UTF-16 units `from` to `to`. */
function expand(line: string, from: number, to: number): { text: string; carets: string } {
  const start = line.length > longestLine ? Math.max(0, from - longestLine / 4) : 0;
  const end = line.length > longestLine ? Math.min(line.length, start + longestLine) : line.length;
  const lead = start > 0 ? '…' : '';
  const before = spaced(lead + line.slice(start, from), 0);
  const marked = spaced(line.slice(from, Math.min(to, end)), stringWidth(before));
  const width = stringWidth(before) + stringWidth(marked);
  const after = spaced(line.slice(Math.min(to, end), end), width);
  return {
    text: (before + marked + after + (end < line.length ? '…' : '')).trimEnd(),
    carets: ' '.repeat(stringWidth(before)) + '^'.repeat(Math.max(1, stringWidth(marked))),
  };
}

/** Replaces tabs by spaces up to the next tab stop, where the text starts at `column`, and drops other control characters. */
function spaced(text: string, column: number): string {
  let result = '';
  for (const part of text.split(/(\t)/)) {
    if (part === '\t') {
      const at = column + stringWidth(result);
      result += ' '.repeat(tabWidth - (at % tabWidth));
    } else {
      // Escape sequences in a source file must not reach the terminal.
      result += part.replace(/[\u0000-\u001f\u007f-\u009f]/g, '');
    }
  }
  return result;
}
