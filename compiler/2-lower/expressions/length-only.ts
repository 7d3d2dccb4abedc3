/** `{ length: n }` as what `from` takes: so many times `undefined`. */
import { Node } from '../../ts-morph.ts';
import type { Value } from '../../ir/types.ts';
import { skipParentheses } from '../conditions.ts';
import { toF64 } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { leaveUnless } from '../sequences.ts';
import { nothing } from './arguments.ts';
import { lower } from './index.ts';

/** Elements whose number is known before the first one is visited. */
export interface Counted {
  /** An `i64`. */
  readonly count: Value;
  forEach(body: (element: Operand, index: Value) => void): void;
}

/** The length of `{ length: n }`; undefined for anything else. */
export function lengthOnly(source: Node): Node | undefined {
  const literal = skipParentheses(source);
  if (!Node.isObjectLiteralExpression(literal)) return undefined;
  const [property, ...others] = literal.getProperties();
  if (others.length > 0 || property === undefined) return undefined;
  if (Node.isShorthandPropertyAssignment(property))
    return property.getName() === 'length' ? property.getNameNode() : undefined;
  const isLength = Node.isPropertyAssignment(property) && property.getName() === 'length';
  return isLength ? property.getInitializer() : undefined;
}

/**
 * Evaluates a length (ECMA-262 7.1.20 ToLength); what it returns is called where the array is made.
 * @param limit the most elements that an array can have
 * @param message what RangeError says beyond
 */
export function indicesBelow(
  l: Lowering,
  node: Node,
  limit: number,
  message: string,
): () => Counted {
  const given = toF64(l, lower(l, node), node);
  l.at(node);
  const whole = l.b.op('trunc', [given]);
  const isPositive = l.b.op('gt', [whole, l.constant('f64', 0)]);
  const length = l.b.op('select', [isPositive, whole, l.constant('f64', 0)]);
  return () => {
    l.b.if(l.b.op('gt', [length, l.constant('f64', limit)]), () =>
      l.b.throw('RangeError', [message]),
    );
    const count = l.b.op('fptoint', [length], 'i64');
    return countedIndices(l, count);
  };
}

/** So many times `undefined`. @param count an `i64` that is not negative */
export const countedIndices = (l: Lowering, count: Value): Counted => ({
  count,
  forEach: (body) => forEachIndex(l, count, body),
});

function forEachIndex(
  l: Lowering,
  count: Value,
  body: (element: Operand, index: Value) => void,
): void {
  const index = l.b.local('index', 'i64');
  const label = l.b.label('each');
  l.b.set(index, l.b.const('i64', 0n));
  l.b.loop(label, () => {
    const at = l.b.get(index);
    leaveUnless(l, l.b.op('lt', [at, count]), label);
    body(nothing, at);
    l.b.set(index, l.b.op('add', [at, l.b.const('i64', 1n)]));
  });
}
