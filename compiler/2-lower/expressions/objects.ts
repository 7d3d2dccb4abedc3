/** Objects of a fixed shape and tuples: literals, members read and written. */
import { Node, type ObjectLiteralExpression } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { storageOf, tagSlot } from '../../ir/records.ts';
import {
  isRecord,
  type IrRecord,
  type RecordMember,
  type RecordType,
  type Value,
} from '../../ir/types.ts';
import { refuseConstruct } from '../constructs.ts';
import { fromStored, toStored } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { expectedType } from './expected.ts';
import { lower } from './index.ts';

/** `{ x: 1, y }`: its values are evaluated in their order, then the object is made. */
export function lowerObjectLiteral(
  l: Lowering,
  node: ObjectLiteralExpression,
  expected: HintType | undefined,
): Operand {
  const type = recordTypeOf(l, node, expected);
  const record = l.module.reading.records.get(type);
  const given = new Map<string, Operand>();
  const nodes = new Map<string, Node>();
  for (const property of node.getProperties()) {
    if (!Node.isPropertyAssignment(property) && !Node.isShorthandPropertyAssignment(property))
      return refuseConstruct(l, property);
    const name = property.getName().replace(/^(['"])(.*)\1$/, '$2');
    const member = record.members.find((candidate) => candidate.name === name);
    if (!member)
      return l.refuse(codes.noSuchMember(placeOf(property), { name, type: record.sourceName }));
    const value = Node.isPropertyAssignment(property)
      ? property.getInitializerOrThrow()
      : property.getNameNode();
    given.set(name, lower(l, value, member));
    nodes.set(name, value);
  }
  l.at(node);
  const names = [...given.keys()];
  const inOrder = record.members.filter(({ name }) => given.has(name)).map(({ name }) => name);
  if (names.join() !== inOrder.join()) {
    const rewrite = `{ ${inOrder.map((name) => property(name, nodes)).join(', ')} }`;
    return l.refuse(codes.memberOrder(placeOf(node), { type: record.sourceName, rewrite }));
  }
  const values = record.members.flatMap((member) =>
    toStored(
      l,
      given.get(member.name) ?? { kind: 'absent', absent: 'undefined' },
      member,
      nodes.get(member.name) ?? node,
      member.name,
    ),
  );
  return valueOperand(l.b.op('rec.new', values, type));
}

const property = (name: string, nodes: ReadonlyMap<string, Node>): string => {
  const value = nodes.get(name);
  return value ? `${name}: ${sourceOf(value)}` : name;
};

/** The record that a literal makes: what is expected of it, or what TypeScript infers. */
function recordTypeOf(l: Lowering, node: Node, expected: HintType | undefined): RecordType {
  const { type } = expectedType(l, node, expected);
  if (type === undefined || !isRecord(type)) return refuseConstruct(l, node);
  return type;
}

/** A member's value. The object is there, and its record no union. */
export function readMember(l: Lowering, object: Value, member: RecordMember): Operand {
  const tag =
    storageOf(member) === 'tagged'
      ? l.b.op('rec.get', [object], 'u8', { slot: tagSlot(member.name) })
      : undefined;
  const value = l.b.op('rec.get', [object], member.type, { slot: member.name });
  return fromStored(l, member, value, tag);
}

/** Sets a member. The object is there, and its record no union. */
export function writeMember(
  l: Lowering,
  object: Value,
  member: RecordMember,
  operand: Operand,
  node: Node,
): void {
  const values = toStored(l, operand, member, node, member.name);
  const slots =
    storageOf(member) === 'tagged' ? [tagSlot(member.name), member.name] : [member.name];
  slots.forEach((slot, index) => {
    const value = values[index];
    if (value) l.b.effect('rec.set', [object, value], { slot });
  });
}

/** The member that a name means in a record. */
export const memberOf = (record: IrRecord, name: string): RecordMember | undefined =>
  record.members.find((member) => member.name === name);
