/** The places at which native code calls functions of JavaScript, each of which crosses the boundary. */
import type { Reading } from '../1-read/model.ts';
import { placeOf } from '../1-read/places.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { Node, ts } from '../ts-morph.ts';
import type { Closures } from './functions/closures.ts';
import { sourceOf } from './refusals.ts';

export interface Callback {
  /** As the source calls the function. */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
}

/** In the order of the sources; once all functions have been lowered. */
export const callbacksOf = (closures: Closures): Callback[] =>
  closures
    .callsOfJavaScript()
    .map(({ node }) => ({
      name: calledIn(node),
      file: node.getSourceFile().getFilePath(),
      line: node.getStartLineNumber(),
    }))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));

const calledIn = (node: Node): string =>
  sourceOf(Node.isCallExpression(node) ? node.getExpression() : node);

/** Warnings where methods would pass a function that JavaScript gave more than its type tells, which throws. */
export const passedMore = (closures: Closures, { functions, records }: Reading): Diagnostic[] => {
  const called = new Set(functions.map(({ node }) => node.compilerNode as ts.Node));
  return closures.callsOfJavaScript().flatMap(({ type, args, node }) => {
    const params = records.signatureOf(type)?.params.length ?? 0;
    const [callback] = args;
    if (!callback || args.length <= params) return [];
    const declaration = callback.getSymbol()?.getValueDeclaration()?.compilerNode;
    if (!declaration || !ts.isParameter(declaration) || !called.has(declaration.parent)) return [];
    const name = sourceOf(callback);
    const list = ['a', 'b', 'c', 'd'].slice(0, params).join(', ');
    return codes.passedMore(placeOf(callback), {
      name,
      call: calledIn(node),
      given: args.length,
      params,
      rewrite: `(${list}) => ${name}(${list})`,
    });
  });
};
