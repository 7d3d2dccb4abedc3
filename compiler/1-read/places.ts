/** Where a node stands, for diagnostics and for the IR. */
import type { Node, ts } from '../ts-morph.ts';
import type { Place } from '../diagnostics/types.ts';
import { shiftOf } from './kernels/origins.ts';
import type { Span } from '../ir/types.ts';

/** The whole extent of a node, without leading comments. */
export const placeOf = (node: Node): Place => placeOfCompilerNode(node.compilerNode);

/** A node's place for the IR: as much of it as stands on its first line. */
export function spanOf(node: Node): Span {
  const place = placeOf(node);
  const length =
    place.endLine === place.line
      ? place.endColumn - place.column
      : (node.getText().split('\n', 1)[0]?.length ?? 0);
  return { file: place.file, line: place.line, column: place.column, length };
}

/** A range of a file's text, in UTF-16 units from its start. */
export function placeOfRange(file: ts.SourceFile, start: number, end: number): Place {
  const from = file.getLineAndCharacterOfPosition(start);
  const to = file.getLineAndCharacterOfPosition(end);
  return {
    file: file.fileName,
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

/** The extent of one of TypeScript's own nodes, without leading comments. */
export function placeOfCompilerNode(node: ts.Node): Place {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  const shift = shiftOf(file, start);
  return placeOfRange(file, start - shift, node.getEnd() - shift);
}
