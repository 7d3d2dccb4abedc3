/**
 * What JavaScript calls of a tagged class besides its methods: a function that makes an instance, and two for each
 * field that it sees.
 */
import { fieldsOf, isVisible, memberName } from '../../1-read/class-members.ts';
import type { NativeClass, NativeFunction, Reading } from '../../1-read/model.ts';
import { placeOfCompilerNode } from '../../1-read/places.ts';
import { IrBuilder } from '../../ir/build.ts';
import { getterName, makerName, setterName } from '../../ir/class-names.ts';
import {
  type BoundaryParameter,
  type BoundaryType,
  type IrExport,
  type IrFunction,
  type RecordMember,
  type RecordType,
  isOptional,
  valueTypes,
} from '../../ir/types.ts';
import { memberValues, setMemberValues } from '../member-values.ts';

/** Functions of the IR that the source has only as part of a class. */
export interface ClassFunctions {
  readonly functions: readonly IrFunction[];
  readonly exports: readonly IrExport[];
}

/** The receiver of a class's functions as JavaScript passes it. */
export const receiver = ({ record }: NativeClass): BoundaryParameter => ({
  name: 'this',
  type: record,
  undefined: false,
  null: false,
});

/** The functions for the fields of a class that JavaScript sees. */
export function fieldFunctions(owner: NativeClass, reading: Reading): ClassFunctions {
  const made = fieldsOf(owner.declaration.compilerNode).flatMap((field) => {
    const { members } = reading.records.get(owner.record);
    const member = members.find(({ name }) => name === memberName(field));
    if (!member || !isVisible(field)) return [];
    const { endLine, endColumn, ...start } = placeOfCompilerNode(field.name);
    const span = { ...start, length: endLine === start.line ? endColumn - start.column : 1 };
    const value: BoundaryType = {
      type: member.type,
      undefined: member.undefined,
      null: member.null,
    };
    const name = `${owner.name}.${member.name}`;
    const get: IrExport = {
      callee: getterName(owner.record, member.name),
      name,
      params: [receiver(owner)],
      result: value,
      span,
      field: 'get',
    };
    const set: IrExport = {
      callee: setterName(owner.record, member.name),
      name,
      params: [receiver(owner), { name: member.name, ...value }],
      result: undefined,
      span,
      field: 'set',
    };
    return [
      { fn: getter(get, owner.record, member), exported: get },
      ...(member.readonly ? [] : [{ fn: setter(set, owner.record, member), exported: set }]),
    ];
  });
  return { functions: made.map(({ fn }) => fn), exports: made.map(({ exported }) => exported) };
}

function getter({ callee, span }: IrExport, record: RecordType, member: RecordMember): IrFunction {
  const b = new IrBuilder(callee, undefined, span);
  const object = b.param('this', record);
  b.fn.results.push(...valueTypes(member));
  b.return(memberValues(b, object, member));
  return b.fn;
}

function setter({ callee, span }: IrExport, record: RecordType, member: RecordMember): IrFunction {
  const b = new IrBuilder(callee, undefined, span);
  const object = b.param('this', record);
  const tag = isOptional(member) ? [b.param(`${member.name}.tag`, 'u8')] : [];
  setMemberValues(b, object, member, [...tag, b.param(member.name, member.type)]);
  b.return([]);
  return b.fn;
}

/** The function that makes an instance and runs a constructor on it. */
export function maker(
  constructor: NativeFunction,
  lowered: IrFunction,
  owner: NativeClass,
): IrFunction {
  const b = new IrBuilder(makerName(owner.record), constructor.options, constructor.span);
  const [, ...params] = lowered.params;
  const args = params.map(({ name, value }) => b.param(name, value.type));
  const object = b.op('rec.new', [], owner.record);
  b.call(lowered.name, [object, ...args], []);
  b.fn.results.push(owner.record);
  b.return([object]);
  return b.fn;
}
