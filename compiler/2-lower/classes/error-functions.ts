/**
 * What the classes of errors add to a module: functions that tell whether an error is an instance and read its
 * fields, of those that native code has made and those that JavaScript has thrown, and what JavaScript gets when
 * an instance leaves an export: a text of its properties, of which the loader makes an instance.
 */
import { messageFlag, messageMember } from '../../1-read/error-classes.ts';
import { IrBuilder } from '../../ir/build.ts';
import { anyInstance, errorRecords } from '../../ir/records.ts';
import {
  isOptional,
  Tag,
  valueTypes,
  type IrFunction,
  type IrModule,
  type IrRecord,
  type IrType,
  type RecordMember,
  type RecordType,
  type Value,
} from '../../ir/types.ts';
import { reachedFrom, walkOps } from '../../ir/walk.ts';
import { propertyKinds } from '../../../runtime/messages.ts';
import { memberValues } from '../member-values.ts';

/** The function that tells whether an error is an instance of a class. */
export const testOf = (record: RecordType): string => `is ${record}`;

/** The function that reads a field of an error. */
export const getterOf = (record: RecordType, field: string): string => `error ${record}.${field}`;

const nameFunction = 'error name';
const leaveFunction = 'error leave';

/** Adds the functions to a module that has classes of errors, and lets its exports use them. */
export function addErrorClasses(module: IrModule): void {
  const records = errorRecords(module.records);
  if (records.length === 0) return;
  module.records.push({
    name: anyInstance.slice(4),
    sourceName: 'an instance of a class of errors',
    kind: 'union',
    members: [],
    variants: records.map(({ name }) => name),
  });
  if (records.some(({ members }) => members.some(({ name }) => name === 'name')))
    for (const { body } of module.functions)
      walkOps(body, (op) => {
        if (op.op !== 'error.name') return;
        op.op = 'call';
        op.attributes = { callee: nameFunction };
      });
  leaveExports(module);
  module.functions.push(
    ...records.flatMap((record) => [
      test(record),
      ...record.members
        .filter(({ name }) => name !== messageMember && name !== messageFlag)
        .map((member) => getter(record, member)),
    ]),
    named(records),
    leave(records),
  );
}

/** Lets the exports that may throw an instance throw what JavaScript can make one of. */
function leaveExports(module: IrModule): void {
  const byName = new Map(module.functions.map((fn) => [fn.name, fn]));
  const inner = new Map<string, string>();
  for (const { callee } of module.exports) {
    const fn = byName.get(callee);
    if (!fn || inner.has(callee)) continue;
    if (reachedFrom(callee, byName).some(makesInstances)) inner.set(callee, `${callee} inside`);
  }
  for (const fn of module.functions) {
    walkOps(fn.body, (op) => {
      const renamed = inner.get(op.attributes.callee ?? '');
      if (renamed !== undefined) op.attributes = { ...op.attributes, callee: renamed };
    });
  }
  for (const [name, renamed] of inner) {
    const fn = byName.get(name);
    if (!fn) continue;
    module.functions.push(leaving(fn, renamed));
    fn.name = renamed;
  }
}

function makesInstances({ body }: IrFunction): boolean {
  let makes = false;
  walkOps(body, ({ op }) => void (makes ||= op === 'error.of'));
  return makes;
}

/** Calls a function, and throws on what it throws in a form that JavaScript can make an error of. */
function leaving(fn: IrFunction, renamed: string): IrFunction {
  const b = new IrBuilder(fn.name, fn.options, fn.span);
  const args = fn.params.map(({ name, value }) => b.param(name, value.type));
  b.fn.results.push(...fn.results);
  b.try(
    () => b.return(b.call(renamed, args, fn.results)),
    () => {
      const [error] = b.call(leaveFunction, [b.op('error.caught', [])], ['error']);
      if (error) b.rethrow(error);
    },
  );
  return b.fn;
}

/** An error as JavaScript can make it: of an instance, the text of its properties. */
function leave(records: readonly IrRecord[]): IrFunction {
  const b = new IrBuilder(leaveFunction);
  const error = b.param('error', 'error');
  b.fn.results.push('error');
  const instance = b.op('error.record', [error], anyInstance);
  b.if(b.op('is.null', [instance]), () => b.return([error]));
  for (const record of deepestFirst(records))
    b.if(b.op('rec.is', [instance], undefined, { record: record.name }), () => {
      const own = b.op('rec.as', [instance], `rec.${record.name}`);
      const text = b.local('text', 'str');
      b.set(text, b.op('str.const', [], undefined, { text: '' }));
      for (const member of record.members) tellMember(b, own, member, text);
      const attributes = { errorClass: record.error ?? 'Error', record: record.name };
      b.return([b.op('error.new', [b.get(text)], undefined, attributes)]);
    });
  b.return([error]);
  return b.fn;
}

/** Adds a property to a text, as `propertiesOf` in runtime/messages.ts reads it. */
function tellMember(b: IrBuilder, instance: Value, member: RecordMember, text: string): void {
  const { name, type } = member;
  if (name === messageFlag) return;
  const constant = (text: string): Value => b.op('str.const', [], undefined, { text });
  const add = (...parts: Value[]): void => b.set(text, b.op('str.concat', [b.get(text), ...parts]));
  const head = (kind: string): Value => constant(`${kind}${name}\0`);
  const tell = (value: Value): void => {
    if (type === 'str') {
      const length = b.op('conv', [b.op('str.length', [value])], 'f64');
      add(head('s'), ...bitsOf(b, length), value);
    } else if (type === 'bool')
      b.if(
        value,
        () => add(head('t')),
        () => add(head('f')),
      );
    else add(head('d'), ...bitsOf(b, type === 'f64' ? value : b.op('conv', [value], 'f64')));
  };
  const values = memberValues(b, instance, member);
  const [first, second] = values;
  if (name === messageMember) {
    const isOwn = b.op('rec.get', [instance], 'bool', { slot: messageFlag });
    if (first) b.if(isOwn, () => tell(first));
  } else if (first && second) {
    const is = (tag: number): Value => b.op('eq', [first, b.const('u8', tag)]);
    b.if(
      is(Tag.value),
      () => tell(second),
      () =>
        b.if(
          is(Tag.null),
          () => add(head('n')),
          () => add(head('u')),
        ),
    );
  } else if (first) tell(first);
}

/** The bits of a number as four units, the highest first. */
function bitsOf(b: IrBuilder, number: Value): Value[] {
  const bits = b.op('bits', [number], 'u64');
  return [48n, 32n, 16n, 0n].map((shift) =>
    b.op('str.char', [b.op('conv', [b.op('shr', [bits, b.const('u64', shift)])], 'u16')]),
  );
}

function test({ name }: IrRecord): IrFunction {
  const b = new IrBuilder(testOf(`rec.${name}`));
  const error = b.param('error', 'error');
  b.fn.results.push('bool');
  const instance = b.op('error.record', [error], anyInstance);
  b.if(b.op('is.null', [instance]), () =>
    b.return([b.op('error.asked', [error], undefined, { record: name })]),
  );
  b.return([b.op('rec.is', [instance], undefined, { record: name })]);
  return b.fn;
}

/** Reads a field. TypeError, of a check, where the error has none such. */
function getter({ name: record, sourceName }: IrRecord, member: RecordMember): IrFunction {
  const type: RecordType = `rec.${record}`;
  const b = new IrBuilder(getterOf(type, member.name));
  const error = b.param('error', 'error');
  b.fn.results.push(...valueTypes(member));
  const instance = b.op('error.record', [error], anyInstance);
  b.if(b.op('is.null', [instance]), () => returnThrown(b, error, member));
  b.if(b.op('rec.is', [instance], undefined, { record }), () =>
    b.return(memberValues(b, b.op('rec.as', [instance], type), member)),
  );
  b.failCheck('TypeError', [`an error whose '${member.name}' is read is no ${sourceName}`]);
  return b.fn;
}

/** Returns a field of an error that JavaScript has thrown. */
function returnThrown(b: IrBuilder, error: Value, member: RecordMember): void {
  const slot = member.name;
  const kind = b.op('error.kind', [error], undefined, { slot });
  const is = (wanted: (typeof propertyKinds)[number]): Value =>
    b.op('eq', [kind, b.const('i32', propertyKinds.indexOf(wanted))]);
  const wanted = member.type === 'str' ? 'string' : member.type === 'bool' ? 'boolean' : 'number';
  const tagged = (tag: number, value: Value): Value[] =>
    isOptional(member) ? [b.const('u8', tag), value] : [value];
  b.if(is(wanted), () => {
    const isNumber = wanted === 'number';
    const value = b.op('error.field', [error], isNumber ? 'f64' : member.type, { slot });
    b.return(tagged(Tag.value, isNumber ? numberAs(b, value, member) : value));
  });
  for (const absent of ['undefined', 'null'] as const)
    if (member[absent])
      b.if(is(absent), () => b.return(tagged(Tag[absent], zeroOf(b, member.type))));
  b.failCheck('TypeError', [`'${slot}' of an error that JavaScript has thrown is no ${wanted}`]);
}

function numberAs(b: IrBuilder, value: Value, { name, type }: RecordMember): Value {
  if (type === 'f64') return value;
  return type === 'f32'
    ? b.op('conv', [value], type)
    : b.op('check.range', [value], type, { subject: name });
}

function zeroOf(b: IrBuilder, type: IrType): Value {
  if (type === 'str') return b.op('null', [], type);
  return b.const(type as 'f64', type === 'bool' ? false : 0);
}

/** The name of any error. */
function named(records: readonly IrRecord[]): IrFunction {
  const b = new IrBuilder(nameFunction);
  const error = b.param('error', 'error');
  b.fn.results.push('str');
  const instance = b.op('error.record', [error], anyInstance);
  const own = (): void => b.return([b.op('error.name', [error])]);
  b.if(b.op('is.null', [instance]), own);
  for (const { name, members } of deepestFirst(records))
    if (members.some((member) => member.name === 'name'))
      b.if(b.op('rec.is', [instance], undefined, { record: name }), () => {
        const object = b.op('rec.as', [instance], `rec.${name}`);
        b.return([b.op('rec.get', [object], 'str', { slot: 'name' })]);
      });
  own();
  return b.fn;
}

/** Classes before those that they extend, so that the first one that an instance is of is its own. */
function deepestFirst(records: readonly IrRecord[]): IrRecord[] {
  const byName = new Map(records.map((record) => [record.name, record]));
  const depth = ({ base }: IrRecord): number => {
    const parent = base === undefined ? undefined : byName.get(base);
    return parent ? 1 + depth(parent) : 0;
  };
  return [...records].sort((a, b) => depth(b) - depth(a));
}
