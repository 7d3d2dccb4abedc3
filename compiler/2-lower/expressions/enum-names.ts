/** `State[x]`: the name of a member of an enum of numbers (the reverse mapping of TypeScript's enums). */
import { Node, ts, type ElementAccessExpression } from '../../ts-morph.ts';
import { Tag } from '../../ir/types.ts';
import { isPresent, toF64 } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { lower } from './index.ts';

/** @returns undefined for what is no such access, or an enum with members whose values aren't known */
export function lowerEnumName(
  l: Lowering,
  node: ElementAccessExpression,
  use: 'value' | 'tested',
): Operand | undefined {
  const names = namesByValue(l, node.getExpression());
  const argument = node.getArgumentExpressionOrThrow();
  if (!names || !(l.typeOf(argument).flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.Union)))
    return undefined;
  const operand = lower(l, argument);
  if (jsTypeOf(operand) !== 'number') return undefined;
  l.at(node);
  const key = toF64(l, operand, argument);
  const tag = l.b.local('name.tag', 'u8');
  const local = l.b.local('name', 'str');
  l.b.set(local, l.text(''));
  l.b.set(tag, l.constant('u8', Tag.undefined));
  const choose = ([first, ...others]: readonly (readonly [number, string])[]): void => {
    if (!first) return;
    const [value, name] = first;
    l.b.if(
      l.b.op('eq', [key, l.constant('f64', value)]),
      () => {
        l.b.set(local, l.text(name));
        l.b.set(tag, l.constant('u8', Tag.value));
      },
      () => choose(others),
    );
  };
  choose([...names]);
  const [isThere, name] = [l.b.get(tag), l.b.get(local)];
  if (use === 'tested') return { kind: 'optional', tag: isThere, value: name, only: 'undefined' };
  l.b.if(l.b.op('not', [isPresent(l, isThere)]), () =>
    l.b.failCheck('TypeError', [`'${sourceOf(node)}' can't be undefined`]),
  );
  return valueOperand(name);
}

/** The names of an enum's members that have numbers, by these; of several with one number the last. */
function namesByValue(l: Lowering, object: Node): ReadonlyMap<number, string> | undefined {
  if (!Node.isIdentifier(object) && !Node.isPropertyAccessExpression(object)) return undefined;
  const symbol = object.getSymbol();
  const target = symbol?.getAliasedSymbol() ?? symbol;
  if (!target || !(target.compilerSymbol.flags & ts.SymbolFlags.RegularEnum)) return undefined;
  const checker = l.module.reading.program.getTypeChecker();
  const names = new Map<number, string>();
  for (const declaration of target.getDeclarations()) {
    if (!Node.isEnumDeclaration(declaration)) return undefined;
    for (const member of declaration.getMembers()) {
      const value = checker.getConstantValue(member.compilerNode);
      if (value === undefined) return undefined;
      if (typeof value === 'number') names.set(value, member.getName());
    }
  }
  return names;
}
