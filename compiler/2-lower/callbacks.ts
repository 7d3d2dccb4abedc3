/** The places at which native code calls functions of JavaScript, each of which crosses the boundary. */
import { Node } from '../ts-morph.ts';
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
      name: sourceOf(Node.isCallExpression(node) ? node.getExpression() : node),
      file: node.getSourceFile().getFilePath(),
      line: node.getStartLineNumber(),
    }))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
