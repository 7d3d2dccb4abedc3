/** Instances of classes of errors: native code has them as errors, which know their instance. */
import { Node, ts } from '../../ts-morph.ts';
import { messageFlag, messageMember } from '../../1-read/error-classes.ts';
import type { NativeClass } from '../../1-read/model.ts';
import { isOptional, type ErrorClass, type RecordMember, type Value } from '../../ir/types.ts';
import { isPresent } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { wrongType } from '../refusals.ts';
import { getterOf, testOf } from './error-functions.ts';

/** Sets the message of a new instance, as JavaScript's own constructor does. */
export function setMessage(l: Lowering, instance: Value, message: Operand, node: Node): void {
  const set = (slot: string, value: Value): void =>
    l.b.effect('rec.set', [instance, value], { slot });
  if (message.kind === 'absent' && message.absent === 'undefined') {
    set(messageMember, l.text(''));
    return set(messageFlag, l.constant('bool', false));
  }
  if (jsTypeOf(message) !== 'string' || message.kind === 'absent' || message.kind === 'bigint')
    return wrongType(l, 'a string', message, node);
  if (message.kind === 'value') {
    set(messageMember, message.value);
    return set(messageFlag, l.constant('bool', true));
  }
  const isThere = isPresent(l, message.tag);
  set(messageMember, l.b.op('select', [isThere, message.value, l.text('')]));
  set(messageFlag, isThere);
}

/** The error that a new instance is. */
export function errorOf(l: Lowering, instance: Value, errorClass: ErrorClass): Value {
  const message = l.b.op('rec.get', [instance], 'str', { slot: messageMember });
  return l.b.op('error.of', [instance, message], undefined, { errorClass });
}

/** Whether an error is an instance of a class. */
export function isInstanceOf(l: Lowering, error: Value, owner: NativeClass): Value {
  const [is] = l.b.call(testOf(owner.record), [error], ['bool']);
  if (!is) throw new Error('a test has a result');
  return is;
}

/** The field of an error of which TypeScript knows the class; undefined where the class has none of that name. */
export function errorField(
  l: Lowering,
  error: Value,
  object: Node,
  name: string,
): Operand | undefined {
  const owner = classOf(l, object);
  const member = owner && fieldOf(l, owner, name);
  if (!owner || !member) return undefined;
  const types = isOptional(member) ? (['u8', member.type] as const) : ([member.type] as const);
  const [first, second] = l.b.call(getterOf(owner.record, name), [error], [...types]);
  if (!first) throw new Error('a getter has a result');
  return second ? { kind: 'optional', tag: first, value: second } : valueOperand(first);
}

/** The fields of the class of errors that TypeScript takes an object for. */
export function knownFields(l: Lowering, object: Node): string[] {
  const owner = classOf(l, object);
  const { members } = owner ? l.module.reading.records.get(owner.record) : { members: [] };
  return members
    .map(({ name }) => name)
    .filter((name) => ![messageMember, messageFlag, 'name'].includes(name));
}

const fieldOf = (l: Lowering, owner: NativeClass, name: string): RecordMember | undefined =>
  name === messageFlag
    ? undefined
    : l.module.reading.records.get(owner.record).members.find((member) => member.name === name);

function classOf(l: Lowering, object: Node): NativeClass | undefined {
  const { program, classes } = l.module.reading;
  const type = program.getTypeChecker().getNonNullableType(l.typeOf(object));
  const declaration = type.getSymbol()?.declarations?.find(ts.isClassDeclaration);
  if (!declaration || declaration.getSourceFile().isDeclarationFile) return undefined;
  const owner = classes.ofDeclaration(declaration);
  return 'code' in owner || !owner.error ? undefined : owner;
}
