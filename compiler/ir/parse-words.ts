/** The parts that modules and functions have in common in the IR's text: types, spans, lists. */
import type { Scanner } from './scan.ts';
import { isType } from './records.ts';
import type { BoundaryType, IrType, Span } from './types.ts';

/** A span, if one comes next; its file is a number of the table. */
export function span(scan: Scanner, files: readonly string[]): Span | undefined {
  if (!scan.accept('@')) return undefined;
  const file = files[scan.integer('a file number')];
  if (file === undefined) scan.fail('no such file in the table');
  scan.expect(':');
  const line = scan.integer('a line');
  scan.expect(':');
  const column = scan.integer('a column');
  scan.expect('+');
  return { file, line, column, length: scan.integer('a length') };
}

export function type(scan: Scanner): IrType {
  const name = scan.word('a type');
  if (isType(name)) return name;
  return scan.fail(`${name} is no type`);
}

/** What `item` reads, as often as commas go on. */
export function separated<T>(scan: Scanner, item: () => T): T[] {
  const items: T[] = [];
  do items.push(item());
  while (scan.accept(','));
  return items;
}

/** A list in parentheses, which may be empty. */
export function parenthesized<T>(scan: Scanner, item: () => T): T[] {
  scan.expect('(');
  const items = scan.sees(')') ? [] : separated(scan, item);
  scan.expect(')');
  return items;
}

/** A type and what may stand beside it. */
export function boundary(scan: Scanner): BoundaryType {
  const allowed = { type: type(scan), undefined: false, null: false };
  while (scan.accept('|')) {
    const absent = scan.word("'undefined' or 'null'");
    if (absent !== 'undefined' && absent !== 'null')
      scan.fail(`expected 'undefined' or 'null', not '${absent}'`);
    allowed[absent] = true;
  }
  return allowed;
}
