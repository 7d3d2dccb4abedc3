/** Makes the files of spans relative, so that the same source gives the same bytes wherever it lies. */
import { relative, sep } from 'node:path';
import { regionsOf } from '../ir/walk.ts';
import type { IrModule, Node, Span } from '../ir/types.ts';

/** Rewrites every span of a module in place; `root` is the project's folder. */
export function relativeSpans(module: IrModule, root: string): IrModule {
  const paths = new Map<string, string>();
  const made = (span: Span): Span => {
    let file = paths.get(span.file);
    if (file === undefined) {
      file = relative(root, span.file).split(sep).join('/');
      paths.set(span.file, file);
    }
    return { ...span, file };
  };
  const visit = (nodes: Node[]): void => {
    for (const node of nodes) {
      if (node.span) node.span = made(node.span);
      if (node.kind !== 'op') for (const region of regionsOf(node)) visit(region);
    }
  };
  for (const fn of module.functions) {
    if (fn.span) fn.span = made(fn.span);
    visit(fn.body);
  }
  const placed = <T extends { readonly span: Span | undefined }>(item: T): T =>
    item.span ? { ...item, span: made(item.span) } : item;
  return { ...module, globals: module.globals.map(placed), exports: module.exports.map(placed) };
}
