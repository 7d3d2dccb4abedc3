/** Names that patterns declare, in declarations, parameters and heads of loops. */
import {
  Node,
  type BindingElement,
  type ParameterDeclaration,
  type VariableDeclaration,
} from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { toHint } from '../convert.ts';
import { destructure, givenElements, type Source } from '../destructure.ts';
import { isGlobal } from '../expressions/globals.ts';
import { lower } from '../expressions/index.ts';
import type { Lowering } from '../lowering.ts';
import { jsType, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import {
  declareLocal,
  fromValues,
  hintOfDeclared,
  isConstant,
  storeVariable,
} from './variables.ts';

/** `const { x, y = 0 } = p;` */
export function declarePattern(l: Lowering, declaration: VariableDeclaration): void {
  const pattern = declaration.getNameNode();
  const initializer = declaration.getInitializerOrThrow();
  if (isGlobal(initializer, initializer.getText())) return refuseGlobal(l, pattern, initializer);
  const hint = l.module.reading.hintOf(declaration);
  if (hint && 'code' in hint) return l.refuse(hint);
  const given = hint ? undefined : givenElements(l, pattern, initializer);
  if (given) return takeApart(l, pattern, given, isConstant(declaration));
  const operand = lower(l, initializer, hint);
  declareParts(l, declaration, operand, initializer, hint);
}

/** Declares the names of a pattern for a value that is there already. @param node where it is from */
export function declareParts(
  l: Lowering,
  declaration: VariableDeclaration,
  operand: Operand,
  node: Node,
  hint?: HintType,
): void {
  const converted = hint ? fromValues(toHint(l, operand, hint, node, sourceOf(node))) : operand;
  const source = { kind: 'operand', operand: converted, node, isPart: false } as const;
  takeApart(l, declaration.getNameNode(), source, isConstant(declaration));
}

/** Declares the names of a pattern for what it takes apart. */
export function takeApart(l: Lowering, pattern: Node, source: Source, constant: boolean): void {
  destructure(l, pattern, source, ({ declaration }) => ({
    store: (operand, node) => {
      if (declaration) declareName(l, declaration, operand, constant, node);
    },
  }));
}

/** Declares the names of a parameter's pattern. @param isWritten whether a name is assigned somewhere */
export function declareParameterParts(
  l: Lowering,
  pattern: Node,
  operand: Operand,
  isWritten: (name: Node) => boolean,
): void {
  const source = { kind: 'operand', operand, node: pattern, isPart: false } as const;
  destructure(l, pattern, source, ({ declaration }) => ({
    store: (part, node) => {
      if (declaration)
        declareName(l, declaration, part, !isWritten(declaration.getNameNode()), node);
    },
  }));
}

/** Declares one name; a `var` that was hoisted, or a name of a `switch`, is there already. */
export function declareName(
  l: Lowering,
  element: BindingElement | ParameterDeclaration,
  operand: Operand,
  constant: boolean,
  node: Node,
): void {
  const existing = l.lookup(element.getNameNode());
  if (existing?.kind === 'local') {
    storeVariable(l, existing, operand, node);
    if (existing.initialized !== undefined) l.b.set(existing.initialized, l.constant('bool', true));
    return;
  }
  const held = operand.kind === 'bigint' ? asI64(l, operand, element) : operand;
  if (constant) {
    if (held.kind === 'value' || held.kind === 'optional') held.value.hint ??= element.getName();
    l.declare(element, { kind: 'constant', operand: held });
    return;
  }
  storeVariable(l, declareLocal(l, element, hintOfPart(l, element, held)), held, node);
}

const asI64 = (
  l: Lowering,
  operand: Operand,
  element: BindingElement | ParameterDeclaration,
): Operand =>
  fromValues(
    toHint(l, operand, { type: 'i64', undefined: false, null: false }, element, element.getName()),
  );

/** The type of a variable that a pattern declares, which can't be annotated: that of the part it takes. */
function hintOfPart(
  l: Lowering,
  element: BindingElement | ParameterDeclaration,
  operand: Operand,
): HintType {
  const isThere = operand.kind === 'value' || operand.kind === 'optional';
  const absent = operand.kind === 'optional';
  const type = isThere ? operand.value.type : undefined;
  const own = {
    type: type !== undefined && jsType(type) === 'number' ? 'f64' : type,
    undefined: absent,
    null: absent,
  } as const;
  return hintOfDeclared(l, element, own);
}

/** `let { sin } = Math` and the like, of names that may come to mean something else. */
function refuseGlobal(l: Lowering, pattern: Node, initializer: Node): never {
  return l.unsupported(pattern, {
    what: `\`${initializer.getText()}\` taken apart`,
    why: 'Only constants without defaults, in no `case` of a switch, can be other names for what it has.',
    rewrite: `const ${pattern.getText()} = ${initializer.getText()}; or write \`${initializer.getText()}.\` before each use.`,
  });
}

/** The pattern of a `catch`, and others that have no value to take apart. */
export function refusePattern(l: Lowering, pattern: Node): never {
  return l.unsupported(pattern, {
    what: 'destructuring of this',
    why: 'An error has a class, a name and a message, which are read by their names.',
    rewrite: 'A name for the error, and its members where they are used.',
  });
}
