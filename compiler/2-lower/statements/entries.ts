/** `for (const [index, element] of array.entries())`, which makes no pairs. */
import { Node, VariableDeclarationKind, type ForOfStatement } from '../../ts-morph.ts';
import { refuseConstruct } from '../constructs.ts';
import { storeVariable, declareLocal } from './variables.ts';
import type { Lowering } from '../lowering.ts';
import { jsType, type Operand } from '../operands.ts';

/** The names of a pattern `[index, element]`; undefined for another target. */
function namesOf(target: Node): (Node & { getName(): string })[] | undefined {
  if (!Node.isVariableDeclarationList(target)) return undefined;
  const pattern = target.getDeclarations()[0]?.getNameNode();
  if (!Node.isArrayBindingPattern(pattern)) return undefined;
  const elements = pattern.getElements();
  const names = elements.filter((element) => Node.isBindingElement(element));
  const isPlain = names.every(
    (element) =>
      Node.isIdentifier(element.getNameNode()) &&
      !element.getInitializer() &&
      !element.getDotDotDotToken(),
  );
  return isPlain && names.length === elements.length ? names : undefined;
}

/** Declares the names of a loop over entries for one round. */
export function declareEntry(l: Lowering, node: ForOfStatement, entry: readonly Operand[]): void {
  const target = node.getInitializer();
  const names = namesOf(target);
  if (!names) return refuseConstruct(l, target);
  const isConst =
    Node.isVariableDeclarationList(target) &&
    target.getDeclarationKind() === VariableDeclarationKind.Const;
  names.forEach((name, index) => {
    const operand = entry[index];
    if (!operand) return;
    if (isConst) return l.declare(name, { kind: 'constant', operand });
    const isThere = operand.kind === 'value' || operand.kind === 'optional';
    if (!isThere) return;
    const absent = operand.kind === 'optional';
    const { type } = operand.value;
    const held = jsType(type) === 'number' ? 'f64' : type;
    const hint = { type: held, undefined: absent, null: absent };
    storeVariable(l, declareLocal(l, name, hint), operand, name);
  });
}
