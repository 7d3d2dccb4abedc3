/**
 * Object literals (ECMA-262 13.2.5). Each part *puts* properties in turn; the object is made when all
 * values are there. What a spread finds missing it doesn't put, which is known only when it runs.
 */
import {
  Node,
  SyntaxKind,
  type ObjectLiteralElementLike,
  type ObjectLiteralExpression,
} from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { isIndex } from '../../1-read/property-order.ts';
import { codes } from '../../diagnostics/codes.ts';
import { hasOrderSlot, orderSlot, storageOf, tagSlot } from '../../ir/records.ts';
import {
  isRecord,
  Tag,
  type IrRecord,
  type RecordMember,
  type RecordType,
  type Value,
} from '../../ir/types.ts';
import { refuseConstruct } from '../constructs.ts';
import { condition, skipParentheses } from '../conditions.ts';
import { isPresent, present, toHint, toStored, zero } from '../convert.ts';
import { closureOf } from '../functions/closures.ts';
import type { Lowering } from '../lowering.ts';
import { narrowed } from '../narrowed.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { expectedType } from './expected.ts';
import { lower } from './index.ts';
import { memberOf, readMember, undefinedTag } from './objects.ts';
import { variantOf } from './variants.ts';

/** A property that a part of a literal sets. */
interface Put {
  readonly name: string;
  readonly operand: Operand;
  /** What refusals point at. */
  readonly node: Node;
  /** Source that gives the value. */
  readonly source: string;
  /** Whether it isn't put after all; undefined where it always is. */
  readonly missing?: Value;
}

/** What the parts of a literal do. */
interface Parts {
  readonly puts: Put[];
  /** Whether the properties of an object that is spread stand in another order than its members. */
  readonly irregular: Value[];
}

/** `{ x: 1, y, ...p }`. */
export function lowerObjectLiteral(
  l: Lowering,
  node: ObjectLiteralExpression,
  expected: HintType | undefined,
): Operand {
  for (const property of node.getProperties()) {
    const source = Node.isSpreadAssignment(property) ? property.getExpression() : undefined;
    if (source && !isChoice(skipParentheses(source)) && isUnion(l, source))
      return refuseSpread(l, source);
  }
  const type = recordTypeOf(l, node, expected);
  const record = l.module.reading.records.get(type);
  if (record.kind !== 'object') return refuseConstruct(l, node);
  const parts: Parts = { puts: [], irregular: [] };
  putProperties(l, node, record, parts);
  l.at(node);
  return valueOperand(makeObject(l, type, parts, node));
}

function putProperties(
  l: Lowering,
  node: ObjectLiteralExpression,
  record: IrRecord,
  parts: Parts,
): void {
  for (const property of node.getProperties()) {
    if (Node.isSpreadAssignment(property)) spreadChosen(l, property.getExpression(), record, parts);
    else parts.puts.push(put(l, property, record));
  }
}

/** Puts what an expression has that is spread: of `c && x` and `c ? x : y` each part where it is chosen. */
function spreadChosen(l: Lowering, node: Node, record: IrRecord, parts: Parts): void {
  const inner = skipParentheses(node);
  if (Node.isObjectLiteralExpression(inner)) return putProperties(l, inner, record, parts);
  if (Node.isConditionalExpression(inner)) {
    const test = condition(l, inner.getCondition());
    chosen(l, test, inner.getWhenTrue(), record, parts);
    return chosen(l, l.b.op('not', [test]), inner.getWhenFalse(), record, parts);
  }
  if (Node.isBinaryExpression(inner)) {
    const [left, right] = [inner.getLeft(), inner.getRight()];
    const operator = inner.getOperatorToken().getKind();
    if (operator === SyntaxKind.AmpersandAmpersandToken)
      return chosen(l, condition(l, left), right, record, parts);
    // An object is true, and what is none puts nothing, as `{}` does.
    const isOr =
      operator === SyntaxKind.BarBarToken || operator === SyntaxKind.QuestionQuestionToken;
    if (isOr && isEmpty(right)) return spreadChosen(l, left, record, parts);
  }
  if (isUnion(l, node)) return refuseSpread(l, node);
  spread(l, node, record, parts);
}

const isChoice = (node: Node): boolean =>
  Node.isConditionalExpression(node) || Node.isBinaryExpression(node);

function isEmpty(node: Node): boolean {
  const inner = skipParentheses(node);
  return Node.isObjectLiteralExpression(inner) && inner.getProperties().length === 0;
}

/** Puts what an expression has that is spread, if a condition holds, and evaluates it only then. */
function chosen(l: Lowering, test: Value, node: Node, record: IrRecord, parts: Parts): void {
  const inside: Parts = { puts: [], irregular: [] };
  const region = l.b.detached(() => spreadChosen(l, node, record, inside));
  const irregular = inside.irregular.map((value) => {
    const local = l.b.local('irregular', 'bool');
    l.b.set(local, l.constant('bool', false));
    l.b.within(region, () => l.b.set(local, value));
    return local;
  });
  const held = inside.puts.map((one) => {
    const member = memberOf(record, one.name);
    if (!member) throw new Error(`${record.name} has no ${one.name}`);
    const tag = l.b.local(`${one.name}.tag`, 'u8');
    const value = l.b.local(one.name, member.type);
    l.b.set(tag, l.constant('u8', Tag.missing));
    l.b.set(value, zero(l, member.type));
    l.b.within(region, () => {
      const hint = { type: member.type, undefined: true, null: true };
      const [given, stored] = toHint(l, one.operand, hint, one.node, one.name);
      if (!given || !stored) throw new Error('a value has a tag');
      const set = (): void => {
        l.b.set(tag, given);
        l.b.set(value, stored);
      };
      if (one.missing) l.b.if(one.missing, () => {}, set);
      else set();
    });
    return { put: one, tag, value };
  });
  l.b.placeIf(test, region, []);
  parts.irregular.push(...irregular.map((local) => l.b.get(local)));
  for (const { put: one, tag, value } of held) {
    const raw = l.b.get(tag);
    parts.puts.push({
      ...one,
      operand: { kind: 'optional', tag: undefinedTag(l, raw), value: l.b.get(value) },
      missing: l.b.op('eq', [raw, l.constant('u8', Tag.missing)]),
    });
  }
}

/** Whether what is spread may be of several types. */
function isUnion(l: Lowering, node: Node): boolean {
  const checker = l.module.reading.program.getTypeChecker();
  return checker.getNonNullableType(l.typeOf(node)).isUnion();
}

function mayBeAbsent(l: Lowering, node: Node): boolean {
  const type = l.typeOf(node);
  return l.module.reading.program.getTypeChecker().getNonNullableType(type) !== type;
}

/** The record that a literal makes: what is expected of it, or what TypeScript infers. */
function recordTypeOf(
  l: Lowering,
  node: ObjectLiteralExpression,
  expected: HintType | undefined,
): RecordType {
  const { type } = expectedType(l, node, expected);
  if (type === undefined || !isRecord(type)) return refuseConstruct(l, node);
  return variantOf(l, type, node);
}

function put(l: Lowering, property: ObjectLiteralElementLike, record: IrRecord): Put {
  const isProperty =
    Node.isPropertyAssignment(property) ||
    Node.isShorthandPropertyAssignment(property) ||
    Node.isMethodDeclaration(property);
  if (!isProperty) return refuseConstruct(l, property);
  const name = propertyName(l, property.getNameNode());
  // `__proto__: x` sets the prototype; the shorthand doesn't (ECMA-262 B.3.1).
  if (name === '__proto__' && Node.isPropertyAssignment(property)) refuseConstruct(l, property);
  const member = memberOf(record, name);
  if (!member)
    return l.refuse(codes.noSuchMember(placeOf(property), { name, type: record.sourceName }));
  if (Node.isMethodDeclaration(property)) {
    const operand = closureOf(l, { kind: 'function', fn: property, home: l }, member);
    return { name, operand, node: property, source: sourceOf(property) };
  }
  const value = Node.isPropertyAssignment(property)
    ? property.getInitializerOrThrow()
    : property.getNameNode();
  return { name, operand: lower(l, value, member), node: value, source: sourceOf(value) };
}

/** The name of a property as an identifier, a string, a number, or one of the latter two in brackets. */
export function propertyName(l: Lowering, node: Node): string {
  if (Node.isIdentifier(node)) return node.getText();
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node))
    return node.getLiteralText();
  if (Node.isNumericLiteral(node)) return String(Number(node.compilerNode.text));
  if (Node.isComputedPropertyName(node)) {
    const inner = node.getExpression();
    if (!Node.isIdentifier(inner)) return propertyName(l, inner);
  }
  return l.unsupported(node, {
    what: 'a property whose name is computed',
    why: 'Objects of native code have the properties of their type, each at a place of its own.',
    rewrite: 'The name itself, or a switch over the names that there may be.',
  });
}

/** Puts what an object has, read right here; what may be `undefined` or `null` puts nothing then. */
function spread(l: Lowering, node: Node, target: IrRecord, parts: Parts): void {
  const read = lower(l, node);
  if (read.kind === 'absent') return;
  const isObject = (read.kind === 'value' || read.kind === 'optional') && isRecord(read.value.type);
  if (!isObject) return refuseSpread(l, node);
  // A variable of which TypeScript has found that it is there, or which one of several types it has.
  const operand =
    read.kind === 'optional' && !mayBeAbsent(l, node) ? present(l, read, sourceOf(node)) : read;
  const object = operand.kind === 'value' ? narrowed(l, operand.value, node) : operand.value;
  const { type } = object;
  if (!isRecord(type)) return refuseSpread(l, node);
  const record = l.module.reading.records.get(type);
  if (record.kind !== 'object') return refuseSpread(l, node);
  l.module.reading.records.markSpread(type);
  const extra = record.members.find(({ name }) => !memberOf(target, name));
  if (extra) {
    const shared = record.members.filter(({ name }) => memberOf(target, name));
    const rewrite = shared.map(({ name }) => `${name}: ${sourceOf(node)}.${name}`).join(', ');
    l.refuse(
      codes.spreadMember(placeOf(node), { name: extra.name, type: target.sourceName, rewrite }),
    );
  }
  l.at(node);
  const common = { node, source: sourceOf(node) };
  if (operand.kind === 'value') {
    for (const member of record.members) {
      const missing = member.optional && { missing: isMissing(l, object, member) };
      const source = `${common.source}.${member.name}`;
      const read = readMember(l, object, member);
      parts.puts.push({ name: member.name, operand: read, node, source, ...missing });
    }
    if (hasOrderSlot(record)) parts.irregular.push(readOrder(l, object));
    return;
  }
  optionalSpread(l, operand.tag, object, record, node, parts);
}

/** As `spread` for an object that may not be there. */
function optionalSpread(
  l: Lowering,
  tag: Value,
  object: Value,
  record: IrRecord,
  node: Node,
  parts: Parts,
): void {
  const held = record.members.map((member) => ({
    member,
    tag: l.b.local(`${member.name}.tag`, 'u8'),
    value: l.b.local(member.name, member.type),
  }));
  const order = hasOrderSlot(record) ? l.b.local('irregular', 'bool') : undefined;
  for (const { member, tag: local, value } of held) {
    l.b.set(local, l.constant('u8', Tag.missing));
    l.b.set(value, zero(l, member.type));
  }
  if (order !== undefined) l.b.set(order, l.constant('bool', false));
  l.b.if(isPresent(l, tag), () => {
    for (const { member, tag: local, value } of held) {
      const read = readMember(l, object, member);
      l.b.set(local, read.kind === 'optional' ? read.tag : l.constant('u8', Tag.value));
      if (member.optional)
        l.b.if(isMissing(l, object, member), () => l.b.set(local, l.constant('u8', Tag.missing)));
      l.b.set(value, read.value);
    }
    if (order !== undefined) l.b.set(order, readOrder(l, object));
  });
  for (const { member, tag: local, value } of held) {
    const raw = l.b.get(local);
    parts.puts.push({
      name: member.name,
      operand: { kind: 'optional', tag: undefinedTag(l, raw), value: l.b.get(value) },
      node,
      source: `${sourceOf(node)}.${member.name}`,
      missing: l.b.op('eq', [raw, l.constant('u8', Tag.missing)]),
    });
  }
  if (order !== undefined) parts.irregular.push(l.b.get(order));
}

function refuseSpread(l: Lowering, node: Node): never {
  return l.unsupported(node, {
    what: 'a spread of this',
    why: 'Which properties it copies must be known when compiling; it can be of objects of one plain type.',
    rewrite: `Write each property: x: ${sourceOf(node)}.x`,
  });
}

const readOrder = (l: Lowering, object: Value): Value =>
  l.b.op('rec.get', [object], 'bool', { slot: orderSlot });

/** Whether an object has no such property. */
const isMissing = (l: Lowering, object: Value, member: RecordMember): Value =>
  l.b.op('eq', [
    l.b.op('rec.get', [object], 'u8', { slot: tagSlot(member.name) }),
    l.constant('u8', Tag.missing),
  ]);

/** Makes the object of all puts. */
function makeObject(l: Lowering, type: RecordType, parts: Parts, node: Node): Value {
  const record = l.module.reading.records.get(type);
  const { puts } = parts;
  const outOfOrder = orderProblems(l, record, puts, node);
  const values = record.members.flatMap((member) => stored(l, member, puts, node));
  const irregular = [...parts.irregular, ...outOfOrder].reduce(
    (all: Value | undefined, one) => (all ? l.b.op('or', [all, one]) : one),
    undefined,
  );
  if (hasOrderSlot(record)) values.push(irregular ?? l.constant('bool', false));
  else if (irregular)
    l.b.if(irregular, () =>
      l.b.failCheck('TypeError', [
        `The properties of this object would stand in another order than in ${record.sourceName}`,
      ]),
    );
  return l.b.op('rec.new', values, type);
}

/**
 * When a property comes before one that stands before it in the record: when it is put and the other isn't
 * yet, but is later. Refuses the literal where that is always so.
 */
function orderProblems(l: Lowering, record: IrRecord, puts: readonly Put[], node: Node): Value[] {
  const position = (name: string): number =>
    record.members.findIndex((member) => member.name === name);
  const problems: Value[] = [];
  puts.forEach((early, index) => {
    puts.slice(index + 1).forEach((late) => {
      // Array indices come first, in the record too.
      if (isIndex(early.name) || isIndex(late.name)) return;
      if (position(late.name) >= position(early.name)) return;
      const before = puts.slice(0, index).filter(({ name }) => name === late.name);
      if (before.some(({ missing }) => missing === undefined)) return;
      const happens = [early, late].flatMap(({ missing }) =>
        missing ? [l.b.op('not', [missing])] : [],
      );
      const conditions = [...happens, ...before.flatMap(({ missing }) => missing ?? [])];
      const [first, ...others] = conditions;
      if (!first) return refuseOrder(l, record, puts, node);
      problems.push(others.reduce((all, one) => l.b.op('and', [all, one]), first));
    });
  });
  return problems;
}

function refuseOrder(l: Lowering, record: IrRecord, puts: readonly Put[], node: Node): never {
  const properties = record.members.flatMap(({ name }) => {
    const last = puts.filter((one) => one.name === name).at(-1);
    return last ? [`${/^[\w$]+$/.test(name) ? name : `'${name}'`}: ${last.source}`] : [];
  });
  const rewrite = `{ ${properties.join(', ')} }`;
  return l.refuse(codes.memberOrder(placeOf(node), { type: record.sourceName, rewrite }));
}

/** The values of a member's slots: what the last put of it that happens gives. */
function stored(l: Lowering, member: RecordMember, all: readonly Put[], node: Node): Value[] {
  const puts = all.filter(({ name }) => name === member.name);
  const first = puts.map(({ missing }) => missing === undefined).lastIndexOf(true);
  const certain = puts[first];
  const later = puts.slice(first + 1);
  const mustBe = !certain && !member.optional && !member.undefined;
  const start = (): Value[] => {
    if (certain) return toStored(l, certain.operand, member, certain.node, member.name);
    if (member.optional) return [l.constant('u8', Tag.missing), zero(l, member.type)];
    if (mustBe && later.length > 1)
      return storageOf(member) === 'tagged'
        ? [l.constant('u8', Tag.value), zero(l, member.type)]
        : [zero(l, member.type)];
    return toStored(l, { kind: 'absent', absent: 'undefined' }, member, node, member.name);
  };
  const [only] = later;
  // Without one that always happens, a member that can't be missing takes what is there, or throws.
  if (!certain && only && later.length === 1 && !member.optional)
    return toStored(l, only.operand, member, only.node, member.name);
  if (later.length === 0) return start();
  const locals = [
    ...(storageOf(member) === 'tagged' ? [l.b.local(`${member.name}.tag`, 'u8')] : []),
    l.b.local(member.name, member.type),
  ];
  const set = (values: readonly Value[]): void =>
    locals.forEach((local, index) => {
      const value = values[index];
      if (value) l.b.set(local, value);
    });
  set(start());
  for (const { missing, operand, node: source } of later)
    if (missing)
      l.b.if(
        missing,
        () => {},
        () => set(toStored(l, operand, member, source, member.name)),
      );
  if (mustBe) {
    const isMissing = later
      .flatMap(({ missing }) => missing ?? [])
      .reduce((all, one) => l.b.op('and', [all, one]));
    l.b.if(isMissing, () => l.b.failCheck('TypeError', [`'${member.name}' can't be undefined`]));
  }
  return locals.map((local) => l.b.get(local));
}
