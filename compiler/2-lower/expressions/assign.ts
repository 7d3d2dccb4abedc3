/** `=`, compound and logical assignment, `++` and `--`, on variables and elements. */
import {
  Node,
  SyntaxKind,
  type BinaryExpression,
  type ElementAccessExpression,
  type Identifier,
  type PropertyAccessExpression,
} from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { elementOf as elementOfList } from '../../ir/records.ts';
import { isList, isRecord, type RecordMember, type Value } from '../../ir/types.ts';
import { toF64 } from '../convert.ts';
import type { Lowering, Variable } from '../lowering.ts';
import { jsType, valueOperand, type Operand } from '../operands.ts';
import { narrowed } from '../narrowed.ts';
import { destructure, givenElements, type Source } from '../destructure.ts';
import { isPattern } from '../patterns.ts';
import { sourceOf } from '../refusals.ts';
import { isSuper, lowerSuperAccessor } from '../classes/constructor.ts';
import { callMember, isInstance } from '../classes/dispatch.ts';
import { skipParentheses } from '../conditions.ts';
import { storeVariable } from '../statements/variables.ts';
import { bigintArithmetic, isBigint, settled } from './bigint.ts';
import { forChosen, readChosen, type Chosen } from './chosen.ts';
import { elementOf, namedMember, readElement, writeElement, type Element } from './elements.ts';
import { lower, lowerOperator } from './index.ts';
import { listLength } from './lists.ts';
import { takesRight } from './logical.ts';
import { lowerName, throwBeforeDeclaration } from './names.ts';
import {
  commonMember,
  commonType,
  memberOf,
  readCommon,
  readMember,
  writeCommon,
  writeMember,
} from './objects.ts';
import { throwIfAbsent } from './optional.ts';

/** The operator that a compound assignment applies. */
const compound: Partial<Record<SyntaxKind, SyntaxKind>> = {
  [SyntaxKind.PlusEqualsToken]: SyntaxKind.PlusToken,
  [SyntaxKind.MinusEqualsToken]: SyntaxKind.MinusToken,
  [SyntaxKind.AsteriskEqualsToken]: SyntaxKind.AsteriskToken,
  [SyntaxKind.SlashEqualsToken]: SyntaxKind.SlashToken,
  [SyntaxKind.PercentEqualsToken]: SyntaxKind.PercentToken,
  [SyntaxKind.AsteriskAsteriskEqualsToken]: SyntaxKind.AsteriskAsteriskToken,
  [SyntaxKind.AmpersandEqualsToken]: SyntaxKind.AmpersandToken,
  [SyntaxKind.BarEqualsToken]: SyntaxKind.BarToken,
  [SyntaxKind.CaretEqualsToken]: SyntaxKind.CaretToken,
  [SyntaxKind.LessThanLessThanEqualsToken]: SyntaxKind.LessThanLessThanToken,
  [SyntaxKind.GreaterThanGreaterThanEqualsToken]: SyntaxKind.GreaterThanGreaterThanToken,
  [SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken]:
    SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
};

/** The operator that decides whether a logical assignment happens. */
const logical: Partial<Record<SyntaxKind, SyntaxKind>> = {
  [SyntaxKind.AmpersandAmpersandEqualsToken]: SyntaxKind.AmpersandAmpersandToken,
  [SyntaxKind.BarBarEqualsToken]: SyntaxKind.BarBarToken,
  [SyntaxKind.QuestionQuestionEqualsToken]: SyntaxKind.QuestionQuestionToken,
};

export const assignmentOperators: ReadonlySet<SyntaxKind> = new Set(
  [SyntaxKind.EqualsToken, ...Object.keys(compound), ...Object.keys(logical)].map(
    (kind) => Number(kind) as SyntaxKind,
  ),
);

/** What can be assigned to; the parts of an element are evaluated once, when it is made. */
type Reference =
  | {
      readonly kind: 'variable';
      readonly node: Identifier;
      readonly variable: Extract<Variable, { kind: 'local' }>;
    }
  | { readonly kind: 'element'; readonly element: Element }
  | {
      readonly kind: 'member';
      readonly object: Value;
      readonly member: RecordMember;
      readonly tag?: Value;
    }
  /** A member that all variants of a union have. */
  | {
      readonly kind: 'common';
      readonly object: Value;
      readonly members: NonNullable<ReturnType<typeof commonMember>>;
      readonly hint: HintType;
      readonly node: Node;
    }
  /** A property whose name is known when it runs. */
  | {
      readonly kind: 'chosen';
      readonly chosen: Chosen;
      readonly references: ReadonlyMap<string, Reference>;
    }
  /** `array.length` of a plain array. */
  | { readonly kind: 'length'; readonly list: Value; readonly subject: string }
  /** A property with a getter or a setter, of an instance of a class. */
  | {
      readonly kind: 'accessor';
      readonly object: Value;
      readonly name: string;
      readonly node: Node;
    }
  /** One of the class that is extended. */
  | { readonly kind: 'super'; readonly name: string; readonly node: Node };

function referenceOf(l: Lowering, node: Node): Reference {
  const inner = skipParentheses(node);
  if (Node.isNonNullExpression(inner)) return referenceOf(l, inner.getExpression());
  if (Node.isElementAccessExpression(inner)) {
    const named = namedMember(l, inner);
    if (!named) return { kind: 'element', element: elementOf(l, inner) };
    if (!('names' in named)) return namedReference(l, named.object, named.name, inner);
    const references = new Map(
      named.names.map((name) => [name, namedReference(l, named.object, name, inner)]),
    );
    return { kind: 'chosen', chosen: named, references };
  }
  if (Node.isPropertyAccessExpression(inner)) return memberReference(l, inner);
  if (Node.isIdentifier(inner)) {
    const variable = l.lookup(inner);
    if (variable?.kind === 'local') return { kind: 'variable', node: inner, variable };
    return refuseTarget(l, inner, variable !== undefined);
  }
  return refuseProperty(l, inner);
}

/** `object.name`, of an object that has to be there. */
function memberReference(l: Lowering, node: PropertyAccessExpression): Reference {
  if (isSuper(node.getExpression())) return { kind: 'super', name: node.getName(), node };
  const operand = lower(l, node.getExpression());
  if (operand.kind !== 'value' && operand.kind !== 'optional') return refuseProperty(l, node);
  const name = node.getName();
  const find = (object: Value): RecordMember | undefined =>
    isRecord(object.type) ? memberOf(l.module.reading.records.get(object.type), name) : undefined;
  const plain = find(operand.value);
  if (isList(operand.value.type) && name === 'length') {
    if (operand.kind === 'optional') throwIfAbsent(l, operand.tag, 'set', name);
    return { kind: 'length', list: operand.value, subject: node.getExpression().getText() };
  }
  l.at(node);
  if (plain) {
    const tag = operand.kind === 'optional' && { tag: operand.tag };
    return { kind: 'member', object: operand.value, member: plain, ...tag };
  }
  // Which record it is of can be asked only of an object that is there.
  if (operand.kind === 'optional') throwIfAbsent(l, operand.tag, 'set', name);
  const object = narrowed(l, operand.value, node.getExpression());
  return namedReference(l, object, name, node);
}

/** A property of an object that is there. */
function namedReference(
  l: Lowering,
  object: Value,
  name: string,
  node: PropertyAccessExpression | ElementAccessExpression,
): Reference {
  if (!isRecord(object.type)) return refuseProperty(l, node);
  const member = memberOf(l.module.reading.records.get(object.type), name);
  if (member) return { kind: 'member', object, member };
  const members = commonMember(l, object.type, name);
  const hint = members && commonType(l, members, name);
  if (members && hint) return { kind: 'common', object, members, hint, node };
  return isInstance(l, object.type)
    ? { kind: 'accessor', object, name, node }
    : refuseProperty(l, node);
}

function refuseProperty(l: Lowering, node: Node): never {
  return l.unsupported(node, {
    what: 'assignment to this property',
    why: "The properties of arrays can't be assigned, and objects have the properties of their type alone.",
    rewrite: 'Keep the value in a variable, or in a property that the type of the object has.',
  });
}

/** A name that isn't a variable of the function, or is one that doesn't change. */
function refuseTarget(l: Lowering, node: Identifier, isConstant: boolean): never {
  const name = node.getText();
  return l.refuse(
    isConstant
      ? codes.assignedConstant(placeOf(node), { name, rewrite: asVariable(node) })
      : codes.assignedOutside(placeOf(node), { name }),
  );
}

/** The declaration of a constant as that of a variable. */
function asVariable(node: Identifier): string {
  const [declaration] = node.getSymbol()?.getDeclarations() ?? [];
  const text = declaration ? sourceOf(declaration) : node.getText();
  return `let ${text}`;
}

/** The type of what is assigned. */
function typeOf(reference: Reference): HintType | undefined {
  switch (reference.kind) {
    case 'variable': {
      const { type, tag } = reference.variable;
      return { type, undefined: tag !== undefined, null: tag !== undefined };
    }
    case 'member':
      return reference.member;
    case 'common':
      return reference.hint;
    case 'accessor':
      return undefined;
    case 'element': {
      const { type } = reference.element.array;
      return isList(type) ? elementOfList(type) : undefined;
    }
    case 'chosen': {
      const [first] = reference.references.values();
      return first && typeOf(first);
    }
    case 'length':
      return undefined;
  }
}

function read(l: Lowering, reference: Reference, use: 'value' | 'tested' = 'value'): Operand {
  switch (reference.kind) {
    case 'element':
      return readElement(l, reference.element, use);
    case 'member':
      if (reference.tag) throwIfAbsent(l, reference.tag, 'read', reference.member.name);
      return readMember(l, reference.object, reference.member);
    case 'common':
      return readCommon(l, reference.object, reference.members, reference.hint, reference.node);
    case 'chosen':
      return readChosen(l, reference.chosen, (name) => read(l, namedOf(reference, name)));
    case 'length':
      return valueOperand(listLength(l, reference.list));
    case 'accessor':
      return (
        callMember(l, reference.object, reference.name, 'get', [], reference.node) ??
        refuseProperty(l, reference.node)
      );
    case 'super':
      return lowerSuperAccessor(l, reference.name, 'get', [], reference.node);
    case 'variable':
      return lowerName(l, reference.node);
  }
}

function namedOf({ references }: Extract<Reference, { kind: 'chosen' }>, name: string): Reference {
  const found = references.get(name);
  if (!found) throw new Error(`a reference for ${name}`);
  return found;
}

function write(l: Lowering, reference: Reference, operand: Operand, node: Node): void {
  if (reference.kind === 'length') setLength(l, reference, toF64(l, operand, node));
  else if (reference.kind === 'chosen')
    forChosen(l, reference.chosen, (name) => write(l, namedOf(reference, name), operand, node));
  else if (reference.kind === 'element') writeElement(l, reference.element, operand, node);
  else if (reference.kind === 'member') {
    if (reference.tag) throwIfAbsent(l, reference.tag, 'set', reference.member.name);
    writeMember(l, reference.object, reference.member, operand, node);
  } else if (reference.kind === 'common') {
    writeCommon(l, reference.object, reference.members, operand, node);
  } else if (reference.kind === 'accessor') {
    const { object, name, node: access } = reference;
    const set = callMember(l, object, name, 'set', [{ operand, node }], access);
    if (!set) refuseProperty(l, access);
  } else if (reference.kind === 'super') {
    lowerSuperAccessor(l, reference.name, 'set', [{ operand, node }], reference.node);
  } else {
    throwBeforeDeclaration(l, reference.variable);
    storeVariable(l, reference.variable, operand, node);
  }
}

/** `array.length = n` drops elements; what would make holes throws (ECMA-262 10.4.2.4 has them). */
function setLength(
  l: Lowering,
  { list, subject }: Extract<Reference, { kind: 'length' }>,
  wanted: Value,
): void {
  const length = l.b.op('list.length', [list]);
  const upTo = l.b.op('add', [length, l.b.const('i64', 1n)]);
  l.b.if(
    l.b.op('in.bounds', [wanted, upTo]),
    () => l.b.effect('list.truncate', [list, l.b.op('fptoint', [wanted], 'i64')]),
    () => {
      const whole = l.b.op('toint', [wanted], 'u32');
      const isLength = l.b.op('eq', [l.b.op('conv', [whole], 'f64'), wanted]);
      l.b.if(
        isLength,
        () => l.b.throw('RangeError', ['length ', wanted, ` would make holes in ${subject}`]),
        () => l.b.throw('RangeError', ['Invalid array length']),
      );
    },
  );
}

/** Assigns an operand that is there already. */
export function assignTo(l: Lowering, target: Node, operand: Operand): void {
  const pattern = skipParentheses(target);
  if (isPattern(pattern))
    assignParts(l, pattern, { kind: 'operand', operand, node: target, isPart: false });
  else write(l, referenceOf(l, target), operand, target);
}

/** `[a, b] = [b, a]` and `({ x } = p)`: the value comes first, then each target with its part. */
function lowerPatternAssignment(l: Lowering, pattern: Node, node: BinaryExpression): Operand {
  const value = node.getRight();
  const given = isDiscarded(node) ? givenElements(l, pattern, value) : undefined;
  if (given) {
    assignParts(l, pattern, given);
    return { kind: 'absent', absent: 'undefined' };
  }
  const operand = lower(l, value);
  assignParts(l, pattern, { kind: 'operand', operand, node: value, isPart: false });
  return operand;
}

function assignParts(l: Lowering, pattern: Node, source: Source): void {
  destructure(l, pattern, source, ({ target }) => {
    const reference = referenceOf(l, target);
    const expected = typeOf(reference);
    return {
      store: (operand, node) => write(l, reference, operand, node),
      ...(expected && { expected }),
    };
  });
}

export function lowerAssignment(l: Lowering, node: BinaryExpression): Operand {
  const operator = node.getOperatorToken().getKind();
  const pattern = skipParentheses(node.getLeft());
  if (isPattern(pattern)) return lowerPatternAssignment(l, pattern, node);
  const reference = referenceOf(l, node.getLeft());
  const decides = logical[operator];
  if (decides !== undefined) return lowerLogicalAssignment(l, reference, decides, node);
  const applied = compound[operator];
  const old = applied === undefined ? undefined : read(l, reference);
  const right = lower(l, node.getRight(), applied === undefined ? typeOf(reference) : undefined);
  l.at(node);
  const result =
    old === undefined || applied === undefined
      ? right
      : lowerOperator(l, applied, old, right, node);
  write(l, reference, result, applied === undefined ? node.getRight() : node);
  return result;
}

/** `a ||= b`: `b` is evaluated and assigned only where `a || b` would give it. */
function lowerLogicalAssignment(
  l: Lowering,
  reference: Reference,
  operator: SyntaxKind,
  node: BinaryExpression,
): Operand {
  const left = read(l, reference, 'tested');
  l.b.if(takesRight(l, operator, left), () => {
    const right = lower(l, node.getRight(), typeOf(reference));
    l.at(node);
    write(l, reference, right, node.getRight());
  });
  if (reference.kind === 'variable') return read(l, reference);
  // The statement's value is hardly ever wanted; reading the element again gives it.
  if (isDiscarded(node)) return { kind: 'absent', absent: 'undefined' };
  const target = sourceOf(node.getLeft());
  return l.unsupported(node, {
    what: 'the value of a logical assignment to an element',
    why: 'Whether the element was assigned is known only when it runs.',
    rewrite: `${sourceOf(node)}; // a statement of its own, and ${target} after it`,
  });
}

/** Whether a statement is all that an expression is for. */
export function isDiscarded(node: Node): boolean {
  const parent = node.getParent();
  return Node.isParenthesizedExpression(parent)
    ? isDiscarded(parent)
    : Node.isExpressionStatement(parent);
}

/** `++` or `--`; the value is the new one, the old one, or not wanted. */
export function lowerUpdate(
  l: Lowering,
  target: Node,
  increment: boolean,
  wanted: 'new' | 'old' | 'none',
): Operand {
  const node = target.getParentOrThrow();
  const reference = referenceOf(l, target);
  const read0 = settled(l, read(l, reference), target);
  l.at(node);
  // `x++` gives ToNumeric of the old value: of an absent one, NaN.
  const old = isBigint(read0) ? read0 : valueOperand(asNumber(l, read0, node));
  const operator = increment ? SyntaxKind.PlusToken : SyntaxKind.MinusToken;
  const updated = isBigint(old)
    ? bigintArithmetic(l, operator, old, { kind: 'bigint', value: 1n }, node)
    : lowerOperator(l, operator, old, valueOperand(l.constant('f64', 1)), node);
  write(l, reference, updated, node);
  return wanted === 'new' ? updated : old;
}

function asNumber(l: Lowering, operand: Operand, node: Node): Value {
  if (operand.kind === 'value' && jsType(operand.value.type) === 'number') return operand.value;
  return toF64(l, operand, node);
}
