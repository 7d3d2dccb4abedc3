/** Objects of module-level constants that nobody changes: native code makes each once, when it is first used. */
import { defaultOptions } from '../1-read/tag-options.ts';
import { spanOf } from '../1-read/places.ts';
import { noTypeArguments } from '../1-read/type-arguments.ts';
import { Node } from '../ts-morph.ts';
import type { IrFunction } from '../ir/types.ts';
import { toHint } from './convert.ts';
import { lower } from './expressions/index.ts';
import { Lowering, type ConstantObject, type ModuleState } from './lowering.ts';

/** The function that gives the object of a constant. @param name what to call it */
export function lowerConstant(
  module: ModuleState,
  constant: ConstantObject,
  name: string,
): IrFunction {
  const { declaration, initializer, type, id } = constant;
  const result = { type, undefined: false, null: false };
  const l = new Lowering(module, {
    id: name,
    name: constant.name,
    node: declaration,
    file: declaration.getSourceFile(),
    options: defaultOptions,
    tagged: false,
    params: [],
    result,
    span: spanOf(declaration.getNameNode()),
    types: noTypeArguments,
  });
  l.b.fn.results.push(type);
  const kept = { global: id };
  l.guarded(() => {
    const isMissing = l.b.op('is.null', [l.b.op('state.get', [], type, kept)]);
    l.b.if(isMissing, () => {
      const operand = lower(l, literalOf(initializer), result);
      const [value] = toHint(l, operand, result, initializer, constant.name);
      if (value) l.b.effect('state.set', [value], kept);
    });
    l.b.return([l.b.op('state.get', [], type, kept)]);
  });
  return l.b.fn;
}

/** The literal inside assertions; `lower` takes a type from them that is another one than the constant's. */
function literalOf(node: Node): Node {
  return Node.isAsExpression(node) ||
    Node.isParenthesizedExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isTypeAssertion(node)
    ? literalOf(node.getExpression())
    : node;
}
