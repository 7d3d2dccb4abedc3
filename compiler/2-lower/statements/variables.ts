/** Declarations: which become locals, which are names for values, and what hoisting asks for. */
import {
  Node,
  SyntaxKind,
  ts,
  VariableDeclarationKind,
  type BindingElement,
  type VariableDeclaration,
  type VariableDeclarationList,
} from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import type { HintType } from '../../1-read/model.ts';
import { isHeap, isRecord, viewClass, type Value, type ViewKind } from '../../ir/types.ts';
import { toHint } from '../convert.ts';
import { refuseConstruct } from '../constructs.ts';
import { lower, lowerTested } from '../expressions/index.ts';
import type { InnerFunction } from '../functions/frame.ts';
import { ownDescendants, writtenIn } from '../functions/written.ts';
import { symbolOf, type Cell, type Lowering, type Variable } from '../lowering.ts';
import { jsType, valueOperand, type Operand } from '../operands.ts';
import { isSubtype } from '../narrowed.ts';
import { declaredNames } from '../patterns.ts';
import { asksForElement } from './asked.ts';
import { isSeparate } from './separate.ts';
import { typeOfAssignments } from './assigned-type.ts';
import { declareParts, declarePattern } from './bindings.ts';
import { mayBeSkipped, mayBeUnassigned } from './unassigned.ts';
import { refuseUnhintedBigint, refuseUntyped } from './untyped.ts';
import { mentionsOf } from '../mentions.ts';

export function lowerVariables(l: Lowering, list: VariableDeclarationList): void {
  for (const declaration of list.getDeclarations()) {
    const initializer = declaration.getInitializer();
    const run = (): void => {
      l.at(declaration);
      if (initializer && renamesGlobal(l, declaration, initializer)) {
        for (const name of namesOf(declaration)) {
          const symbol = symbolOf(name.getNameNode());
          if (symbol) l.root.renamed.add(symbol);
        }
        return;
      }
      const fn = initializer && innerFunctionOf(l, declaration, initializer);
      if (fn) return l.declare(declaration, { kind: 'function', fn, home: l });
      if (!Node.isIdentifier(declaration.getNameNode()))
        return initializer ? declarePattern(l, declaration) : l.refuse(undefined);
      declareVariable(l, declaration, initializer && lowerInitial(l, declaration, initializer));
    };
    l.guardedDeclaration(declaration, run, () => declareHinted(l, declaration));
  }
}

/** Whether a constant is only another name for what a global has: `const sqrt = Math.sqrt;`, `const { PI } = Math;`. */
function renamesGlobal(l: Lowering, declaration: VariableDeclaration, initializer: Node): boolean {
  if (!isConstant(declaration)) return false;
  const { reading } = l.module;
  const inner = unwrapped(initializer);
  const global = l.globalOf(inner);
  // Numbers are like all others, and names for them are known to messages and debuggers.
  if (Node.isIdentifier(declaration.getNameNode()))
    return global?.includes('.') === true && inner.getType().getCallSignatures().length > 0;
  return (
    global !== undefined &&
    namesOf(declaration).every((name) => reading.globalOf(name.getNameNode())?.includes('.'))
  );
}

/** The function that a variable always stands for. */
function innerFunctionOf(
  l: Lowering,
  declaration: VariableDeclaration,
  initializer: Node,
): InnerFunction | undefined {
  const fn = unwrapped(initializer);
  if (!Node.isArrowFunction(fn) && !Node.isFunctionExpression(fn)) return undefined;
  if (seesFirstRound(l, declaration, fn)) return undefined;
  const symbol = symbolOf(declaration.getNameNode());
  const isWritten = symbol !== undefined && writtenIn(l.root.node).has(symbol);
  const isFixed =
    !isWritten &&
    (!isOfKind(declaration, VariableDeclarationKind.Var) || isNamedBehind(l, declaration));
  return isFixed && Node.isIdentifier(declaration.getNameNode()) ? fn : undefined;
}

/**
 * Whether a function in a loop's head uses a variable of that head which changes: it has the one from before the first
 * round, which no round has (ECMA-262 14.7.4.2), so it isn't the same as its body in the place of a call.
 */
function seesFirstRound(l: Lowering, declaration: VariableDeclaration, fn: Node): boolean {
  const list = declaration.getParent();
  if (!Node.isVariableDeclarationList(list) || !Node.isForStatement(list.getParent())) return false;
  if (list.getDeclarationKind() !== VariableDeclarationKind.Let) return false;
  const written = writtenIn(l.root.node);
  return list
    .getDeclarations()
    .flatMap(namesOf)
    .flatMap((name) => l.symbolsOf(name))
    .some((symbol) => written.has(symbol) && mentionsOf(symbol, fn).length > 0);
}

/** Whether a `var` is only named where a `const` in its place could be: behind its statement, in the block around that. */
function isNamedBehind(l: Lowering, declaration: VariableDeclaration): boolean {
  const block = declaration.getVariableStatement()?.getParent();
  const symbol = symbolOf(declaration.getNameNode());
  if (!block || !Node.isBlock(block)) return false;
  return mentionsOf(symbol, l.root.node).every(
    (name) => name.getStart() >= declaration.getStart() && name.getEnd() <= block.getEnd(),
  );
}

/** The value that a variable gets first. */
function lowerInitial(l: Lowering, declaration: VariableDeclaration, initializer: Node): Operand {
  const hint = annotated(l, declaration);
  if (hint) return lower(l, initializer, hint);
  const name = declaration.getNameNode();
  const existing = l.lookup(name);
  // A `var` that was hoisted may have no room for `undefined`.
  const hasRoom = existing?.kind !== 'local' || existing.tag !== undefined;
  return hasRoom && asksForElement(l, name, initializer)
    ? lowerTested(l, initializer)
    : lower(l, initializer);
}

/** What a variable's annotation says. */
function annotated(l: Lowering, declaration: VariableDeclaration): HintType | undefined {
  const hint = l.module.reading.hintOf(declaration);
  return hint && 'code' in hint ? l.refuse(hint) : hint;
}

/** Declares a variable whose initial value was refused: its uses can still be looked at where it has a hint. */
function declareHinted(l: Lowering, declaration: VariableDeclaration): void {
  const hint = l.module.reading.hintOf(declaration);
  if (
    hint &&
    !('code' in hint) &&
    hint.type !== undefined &&
    Node.isIdentifier(declaration.getNameNode())
  )
    declareLocal(l, declaration, hint);
  else l.declareRefused(declaration);
}

/** Runs a declaration; `operand` is the initial value, when there is one. */
export function declareVariable(
  l: Lowering,
  declaration: VariableDeclaration,
  operand: Operand | undefined,
): void {
  const nameNode = declaration.getNameNode();
  if (!Node.isIdentifier(nameNode)) {
    return operand ? declareParts(l, declaration, operand, declaration) : l.refuse(undefined);
  }
  if (isUsing(declaration)) return refuseConstruct(l, declaration);
  const existing = l.lookup(nameNode);
  if (existing?.kind === 'local' && !isSeparateVar(declaration)) {
    // A `var` that was hoisted, or a name of a `switch` that was declared at its start.
    initialize(l, existing, operand, declaration);
    return;
  }
  const hint = hintFor(l, declaration, operand);
  if (isConstant(declaration) && operand && !needsConversion(operand, hint)) {
    declareConstant(l, declaration, operand);
    return;
  }
  if (isConstant(declaration) && operand && hint.type !== undefined) {
    const values = toHint(
      l,
      operand,
      hint,
      declaration.getInitializer() ?? declaration,
      declaration.getName(),
    );
    declareConstant(l, declaration, fromValues(values));
    return;
  }
  const unassigned = !operand && mayBeUnassigned(l, declaration);
  const variable = declareLocal(l, declaration, unassigned ? { ...hint, undefined: true } : hint);
  initialize(l, variable, operand, declaration);
}

/** Lets a name stand for a value, which is called by it from now on if it has no name yet. */
function declareConstant(l: Lowering, declaration: VariableDeclaration, operand: Operand): void {
  if (operand.kind === 'value' || operand.kind === 'optional')
    operand.value.hint ??= declaration.getName();
  l.declare(declaration, { kind: 'constant', operand });
}

/** The operand that a tag and value, or a value alone, make. */
export function fromValues(values: readonly Value[]): Operand {
  const [first, second] = values;
  if (first === undefined) return { kind: 'absent', absent: 'undefined' };
  return second === undefined
    ? valueOperand(first)
    : { kind: 'optional', tag: first, value: second };
}

/** Whether a `const` of that hint needs more than its operand to be right. */
function needsConversion(operand: Operand, hint: HintType): boolean {
  if (operand.kind === 'bigint' || operand.kind === 'absent') return true;
  if (operand.kind === 'optional') return !hint.undefined && !hint.null;
  // A `number` is whatever machine type holds it, since a constant never changes.
  if (hint.type === 'f64' && !hint.undefined && !hint.null) {
    return jsType(operand.value.type) !== 'number';
  }
  return hint.undefined || hint.null || operand.value.type !== hint.type;
}

/** `using x = …` and `await using x = …`. */
const isUsing = (declaration: VariableDeclaration): boolean =>
  (declaration.getParent().compilerNode.flags & ts.NodeFlags.Using) !== 0;

/** Whether `const`, `let` or `var` declares a variable, in a statement or in the head of a loop. */
function isOfKind(declaration: VariableDeclaration, kind: VariableDeclarationKind): boolean {
  const parent = declaration.getParent();
  return Node.isVariableDeclarationList(parent) && parent.getDeclarationKind() === kind;
}

export const isConstant = (declaration: VariableDeclaration): boolean =>
  isOfKind(declaration, VariableDeclarationKind.Const);

/** Makes a local for a declaration and returns it. */
export function declareLocal(
  l: Lowering,
  declaration: Node & { getName(): string },
  hint: HintType,
  lateRead = false,
): Extract<Variable, { kind: 'local' }> {
  const name = declaration.getName();
  if (hint.type === undefined) return refuseUntyped(l, declaration);
  const isShared = l.symbolsOf(declaration).some((symbol) => l.root.isInCell(symbol));
  const cell = isShared ? declareCell(l, name, hint) : undefined;
  const variable = {
    kind: 'local',
    name,
    local: cell?.local ?? l.b.local(name, hint.type),
    type: hint.type,
    tag: hint.undefined || hint.null ? (cell?.local ?? l.b.local(`${name}.tag`, 'u8')) : undefined,
    initialized: lateRead ? l.b.local(`${name}.initialized`, 'bool') : undefined,
    ...(cell && { cell }),
  } as const;
  l.declare(declaration, variable);
  return variable;
}

/** A new cell for a variable that functions share. */
function declareCell(l: Lowering, name: string, hint: HintType): Cell & { readonly local: string } {
  const record = l.module.reading.records.cellOf(hint);
  const local = l.b.local(name, record);
  l.b.set(local, l.b.op('rec.new', [], record));
  return { record, local, holder: () => l.b.get(local) };
}

/** Gives the variables that a loop's head declares a cell of their own for the next round (ECMA-262 14.7.4.4). */
export function renewCells(l: Lowering, list: VariableDeclarationList): void {
  // A `var` is one variable for all rounds.
  if (list.getDeclarationKind() === VariableDeclarationKind.Var) return;
  for (const declaration of list.getDeclarations().flatMap(namesOf)) {
    const variable = l.lookup(declaration.getNameNode());
    if (variable?.kind !== 'local' || !variable.cell) continue;
    const { cell, local } = variable;
    const operand = readVariable(l, variable);
    const values =
      operand.kind === 'optional'
        ? [operand.tag, operand.value]
        : operand.kind === 'value'
          ? [operand.value]
          : [];
    l.b.set(local, l.b.op('rec.new', values, cell.record));
  }
}

/** What a variable holds. */
export function readVariable(
  l: Lowering,
  { cell, local, tag, type }: Extract<Variable, { kind: 'local' }>,
): Operand {
  if (!cell) {
    const value = l.b.get(local);
    return tag === undefined ? valueOperand(value) : { kind: 'optional', tag: l.b.get(tag), value };
  }
  const holder = cell.holder();
  const value = l.b.op('rec.get', [holder], type, { slot: 'value' });
  if (tag === undefined) return valueOperand(value);
  return { kind: 'optional', tag: l.b.op('rec.get', [holder], 'u8', { slot: 'tag' }), value };
}

/** Stores the initial value: without an initializer `undefined`, where the type has it; a `var` keeps what it holds. */
function initialize(
  l: Lowering,
  variable: Extract<Variable, { kind: 'local' }>,
  operand: Operand | undefined,
  declaration: VariableDeclaration,
): void {
  const isVar = isOfKind(declaration, VariableDeclarationKind.Var);
  if (operand) {
    storeVariable(l, variable, operand, declaration.getInitializer() ?? declaration);
  } else if (variable.tag !== undefined && !isVar) {
    storeVariable(l, variable, { kind: 'absent', absent: 'undefined' }, declaration);
  }
  if (variable.initialized !== undefined) l.b.set(variable.initialized, l.b.const('bool', true));
}

/** Assigns to a local variable, with the conversion and checks that its type asks for. */
export function storeVariable(
  l: Lowering,
  variable: Extract<Variable, { kind: 'local' }>,
  operand: Operand,
  node: Node,
): void {
  const optional = variable.tag !== undefined;
  const hint = { type: variable.type, undefined: optional, null: optional };
  const values = toHint(l, operand, hint, node, variable.name);
  const [first, second] = values;
  if (variable.cell) {
    const holder = variable.cell.holder();
    values.forEach((value, index) =>
      l.b.effect('rec.set', [holder, value], { slot: optional && index === 0 ? 'tag' : 'value' }),
    );
  } else if (variable.tag !== undefined && first && second) {
    l.b.set(variable.tag, first);
    l.b.set(variable.local, second);
  } else if (first) l.b.set(variable.local, first);
}

/** The type of a variable: its annotation's, or that of its initial value. */
function hintFor(
  l: Lowering,
  declaration: VariableDeclaration,
  operand: Operand | undefined,
): HintType {
  const hint = l.module.reading.hintOf(declaration);
  if (hint) return 'code' in hint ? l.refuse(hint) : hint;
  if (!operand) return typeOfAssignments(l, declaration) ?? refuseUntyped(l, declaration);
  if (operand.kind === 'absent') {
    const hint = hintOfDeclared(l, declaration, noType);
    return hint.type === undefined ? refuseUntyped(l, declaration, operand.absent) : hint;
  }
  if (operand.kind === 'bigint') return refuseUnhintedBigint(l, declaration, operand);
  const { type } = operand.value;
  if (jsType(type) === 'bigint' && !isLoopVariable(declaration) && !isHinted(l, declaration)) {
    return refuseUnhintedBigint(l, declaration, operand);
  }
  const absent = operand.kind === 'optional';
  const own = { type: jsType(type) === 'number' ? 'f64' : type, undefined: absent, null: absent };
  return isConstant(declaration) ? own : hintOfDeclared(l, declaration, own);
}

/** Whether a bigint has the type of what gives it: a constant that a call gives, or a handle of C's. */
function isHinted(l: Lowering, declaration: VariableDeclaration): boolean {
  const initializer = declaration.getInitializer();
  const isCall = initializer !== undefined && Node.isCallExpression(unwrapped(initializer));
  if (isCall && isConstant(declaration)) return true;
  return !('code' in l.module.reading.hintOfType(l.typeOf(declaration), declaration));
}

const noType: HintType = { type: undefined, undefined: false, null: false };

/**
 * The type of a variable without annotation that is assigned again: objects, arrays and strings may become
 * what TypeScript's type allows, such as another variant or `null`.
 * @param own the type of its first value
 */
export function hintOfDeclared(l: Lowering, declaration: Node, own: HintType): HintType {
  if (own.type !== undefined && !isHeap(own.type)) return own;
  const hint = l.module.reading.hintOfType(declaration.getType().compilerType, declaration);
  if ('code' in hint || hint.type === undefined) return own;
  const isWider =
    own.type === undefined ||
    (isRecord(own.type) && isRecord(hint.type) && isSubtype(l, own.type, hint.type));
  return {
    type: isWider ? hint.type : own.type,
    undefined: own.undefined || hint.undefined,
    null: own.null || hint.null,
  };
}

/** Whether `for…of` declares it: such a variable can't have a hint, and takes the type of the elements. */
const isLoopVariable = (declaration: VariableDeclaration): boolean =>
  Node.isForOfStatement(declaration.getParent().getParent());

/**
 * Declares what must be known before the statement that declares it: functions, and every `var` of the
 * function (ECMA-262 10.2.11), which TypeScript's checker lets nobody read before it is assigned
 * unless its type has `undefined`.
 */
export function hoistDeclarations(l: Lowering, body: Node): void {
  // Classes and the like are refused where they stand, and may be named before.
  const refused = [SyntaxKind.ClassDeclaration, SyntaxKind.EnumDeclaration];
  for (const inner of refused.flatMap((kind) => ownDescendants(body, kind)))
    l.declare(inner, { kind: 'refused' });
  for (const fn of ownDescendants(body, SyntaxKind.FunctionDeclaration))
    if (fn.hasBody()) l.declare(fn, { kind: 'function', fn, home: l });
  const seen = new Set<unknown>();
  for (const list of ownDescendants(body, SyntaxKind.VariableDeclarationList)) {
    if (list.getDeclarationKind() !== VariableDeclarationKind.Var) continue;
    for (const declaration of list.getDeclarations().flatMap(namesOf)) {
      const symbol = symbolOf(declaration.getNameNode());
      if (symbol === undefined || seen.has(symbol) || l.lookup(declaration.getNameNode())) continue;
      seen.add(symbol);
      if (isDeclaredInPlace(l, declaration)) continue;
      l.guardedDeclaration(declaration, () => hoist(l, declaration));
    }
  }
}

/** Whether a `var` is declared where it stands: as a name for a function, or since it is like a `let`. */
function isDeclaredInPlace(
  l: Lowering,
  declaration: VariableDeclaration | BindingElement,
): boolean {
  const initializer = Node.isVariableDeclaration(declaration)
    ? declaration.getInitializer()
    : undefined;
  if (!Node.isVariableDeclaration(declaration) || !initializer) return false;
  return isSeparate(declaration) || innerFunctionOf(l, declaration, initializer) !== undefined;
}

const isSeparateVar = (declaration: VariableDeclaration): boolean =>
  isOfKind(declaration, VariableDeclarationKind.Var) && isSeparate(declaration);

/** The declarations of a declaration's names: of a pattern those of its parts. */
export const namesOf = (
  declaration: VariableDeclaration,
): (VariableDeclaration | BindingElement)[] =>
  Node.isIdentifier(declaration.getNameNode()) ? [declaration] : declaredNames(declaration);

function hoist(l: Lowering, declaration: VariableDeclaration | BindingElement): void {
  const hint = l.module.reading.hintOf(declaration) ?? typeBeforeValue(l, declaration);
  if ('code' in hint) return l.refuse(hint);
  const isPlain = Node.isVariableDeclaration(declaration) && !isOfLoop(declaration);
  const unassigned =
    !hint.undefined && (isPlain ? mayBeUnassigned(l, declaration) : mayBeSkipped(l, declaration));
  const variable = declareLocal(l, declaration, unassigned ? { ...hint, undefined: true } : hint);
  if (variable.tag !== undefined) {
    storeVariable(l, variable, { kind: 'absent', absent: 'undefined' }, declaration);
  }
}

/** Whether the head of a `for…of` or `for…in` declares a variable. */
function isOfLoop(declaration: VariableDeclaration): boolean {
  const loop = declaration.getParent().getParent();
  return Node.isForOfStatement(loop) || Node.isForInStatement(loop);
}

/** The type of a variable whose initial value hasn't been lowered yet, from TypeScript's checker. */
export function typeBeforeValue(
  l: Lowering,
  declaration: VariableDeclaration | BindingElement,
): HintType {
  const type = l.typeOf(declaration);
  const only = (type: HintType['type']): HintType => ({ type, undefined: false, null: false });
  if (type.flags & (ts.TypeFlags.Number | ts.TypeFlags.NumberLiteral)) return only('f64');
  if (type.flags & ts.TypeFlags.BooleanLike) return only('bool');
  if (type.flags & ts.TypeFlags.BigIntLike) {
    return Node.isVariableDeclaration(declaration)
      ? refuseUnhintedBigint(l, declaration, undefined)
      : refuseUntyped(l, declaration);
  }
  const kind = viewKinds.find((candidate) => viewClass[candidate] === type.getSymbol()?.name);
  if (kind !== undefined) return only(`view.${kind}`);
  const hint = l.module.reading.hintOfType(type, declaration);
  if (!('code' in hint) && hint.type !== undefined && isHeap(hint.type)) return hint;
  const assigned = Node.isVariableDeclaration(declaration)
    ? typeOfAssignments(l, declaration)
    : undefined;
  return assigned ?? refuseUntyped(l, declaration);
}

const viewKinds = Object.keys(viewClass) as ViewKind[];
