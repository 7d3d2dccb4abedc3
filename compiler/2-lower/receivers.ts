/**
 * Methods that JavaScript calls on its own objects, and functions that it calls with objects which hold typed
 * arrays: a function around each, which makes a native object of the fields that are used, calls it, and gives back
 * what it changed; numbers and booleans also when it throws.
 */
import type { NativeFunction, Reading } from '../1-read/model.ts';
import { placeOf } from '../1-read/places.ts';
import { nameNodeOf } from '../1-read/signatures.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { IrBuilder } from '../ir/build.ts';
import { recordName, recordOf, storageOf, type Records } from '../ir/records.ts';
import { placesInFrame, type Field, type FrameField, type Receiver } from '../ir/receivers.ts';
import {
  isRecord,
  isScalar,
  isView,
  type BoundaryParameter,
  type BoundaryType,
  type IrExport,
  type IrFunction,
  type IrGlobal,
  type IrModule,
  type IrRecord,
  type RecordMember,
  type RecordType,
  type Value,
  isOptional,
  valueTypes,
} from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';
import { memberValues, setMemberValues } from './member-values.ts';

export interface LoweredReceiver {
  readonly receiver: Receiver;
  readonly fn: IrFunction;
  readonly exported: IrExport;
  /** The frame, where there is one. */
  readonly globals: readonly IrGlobal[];
}

type Method = NativeFunction & Required<Pick<NativeFunction, 'method'>>;

/** Whether JavaScript calls a function as a method of its own objects: those of tagged classes are native code's. */
export const isMethod = (fn: NativeFunction): fn is Method =>
  fn.method !== undefined && fn.method.owner.tag === undefined;

/** The object that is handed over by its fields. */
export interface Subject {
  readonly record: RecordType;
  /** The parameter that it is; undefined for `this`. */
  readonly index?: number;
}

/**
 * What of a function is handed over by its fields: the object of a method, and in modules with hints the only
 * argument that holds typed arrays. Objects that hold others are copied as a whole.
 */
export function subjectOf(fn: NativeFunction, reading: Reading): Subject | undefined {
  if (isMethod(fn)) return { record: fn.method.owner.record };
  if (reading.hinted?.inProject !== false) return undefined;
  const subjects = fn.params.flatMap(({ hint: { type, ...absent } }, index) =>
    type !== undefined && !isOptional(absent) && holdsViews(type, reading.records)
      ? [{ record: type as RecordType, index }]
      : [],
  );
  return subjects.length === 1 ? subjects[0] : undefined;
}

const holdsViews = (type: BoundaryType['type'], module: Records): boolean =>
  isRecord(type) &&
  recordOf(module, type).kind === 'object' &&
  recordOf(module, type).members.some((member) => isView(member.type));

/**
 * @param boundary the function's own parameters and result at the boundary
 * @param isHinted it is of a module with hints, whose typed arrays in fields are only put back when it returns
 */
export function lowerReceiver(
  module: IrModule,
  native: NativeFunction,
  subject: Subject,
  boundary: Pick<IrExport, 'params' | 'result'>,
  natives: readonly NativeFunction[],
  isHinted: boolean,
): LoweredReceiver | Diagnostic {
  const { record, index } = subject;
  const uses = fieldUses(module, native.id, record);
  const { members, sourceName } = recordOf(module, record);
  const used = members.filter(({ name }) => uses.read.has(name) || uses.written.has(name));
  const written = (member: RecordMember): boolean => uses.written.has(member.name);
  const place = placeOf(nameNodeOf(native.node as Parameters<typeof nameNodeOf>[0]));
  const object = index === undefined ? 'this' : (native.params[index]?.name ?? '');
  const returnsThis = native.result.type === record;
  const others = boundary.params.filter((_, at) => at !== index);
  for (const member of used) {
    const problem = problemOf(member, written(member), { ...boundary, params: others }, isHinted);
    if (problem)
      return codes.receiverField(place, { name: native.name, field: member.name, ...problem });
  }
  const scalars = used.filter(({ type }) => isScalar(type) && type !== 'i64' && type !== 'u64');
  const framed = scalars.length > 1 || scalars.some(written) ? scalars : [];
  const frame = framed.map(({ type, ...member }): FrameField => ({
    ...fieldOf({ type, ...member }),
    type: type as FrameField['type'],
    isWritten: uses.written.has(member.name),
  }));
  const fields = used.filter((member) => !framed.includes(member)).map(fieldOf);
  const replaced = fields.flatMap((field) =>
    isView(field.type) && uses.written.has(field.name) ? [{ ...field, type: field.type }] : [],
  );
  const called = natives.filter(
    (fn): fn is Method =>
      uses.reached.has(fn.id) && fn.method !== undefined && uses.kin.has(fn.method.owner.record),
  );
  const receiver: Receiver = {
    callee: `${native.id}.receiver`,
    object,
    index,
    owner: native.method?.owner.name ?? sourceName,
    frame,
    fields,
    replaced,
    methods: called
      .filter(({ id, method }) => id !== native.id && method.kind === 'method')
      .map(({ name }) => name.slice(name.indexOf('.') + 1))
      // No class that extends another has its private ones.
      .filter((name) => !name.startsWith('#')),
    isExact: called.some(({ method: { kind } }) => kind === 'get' || kind === 'set'),
    returnsThis,
  };
  const exported: IrExport = {
    callee: receiver.callee,
    name: native.name,
    params: [...fields.map((field) => ({ ...field, name: `${object}.${field.name}` })), ...others],
    result: returnsThis ? undefined : boundary.result,
    ...(replaced.length > 0 && {
      more: replaced.map(({ name: _, ...type }) => type),
    }),
    steady: true,
    span: native.span,
  };
  const { size } = placesInFrame(frame);
  const globals =
    frame.length > 0
      ? [
          {
            name: frameName(receiver),
            type: 'view.f64' as const,
            frame: size,
            sourceName: object,
            span: native.span,
          },
        ]
      : [];
  return {
    receiver,
    exported,
    globals,
    fn: receiverFunction(native, { ...subject, members }, receiver, boundary.params),
  };
}

const frameName = ({ callee }: Receiver): string => `${callee}.frame`;

const fieldOf = ({ name, type, ...absent }: RecordMember): Field => ({
  name,
  type,
  undefined: absent.undefined || absent.optional === true,
  null: absent.null,
});

/** Why a field can't be handed over or come back. */
function problemOf(
  { type, ...member }: RecordMember,
  isWritten: boolean,
  { params, result }: Pick<IrExport, 'params' | 'result'>,
  isHinted: boolean,
): { readonly why: string; readonly rewrite: string } | undefined {
  const isNumber = isScalar(type) && type !== 'i64' && type !== 'u64';
  if (storageOf({ type, ...member }) !== 'plain' && !isNumber && !isView(type))
    return {
      why: 'It may be undefined or null, as only numbers, booleans and typed arrays may that are handed over.',
      rewrite: 'A function of the module that is called with the field, in place of this one.',
    };
  if (isNumber || !isWritten) return undefined;
  if (isView(type) && !isHinted)
    return {
      why: 'A typed array that native code puts into a field would be lost where the method throws behind that.',
      rewrite: 'A method that is not native assigns it, and calls this one.',
    };
  const isPlain = (other: IrExport['result']): boolean =>
    other === undefined || isScalar(other.type) || isView(other.type);
  if (isView(type) && isPlain(result) && params.every(isPlain)) return undefined;
  return {
    why: 'Native code gives numbers, booleans and, beside plain results, typed arrays back to fields.',
    rewrite: 'A function of the module that the method calls, in place of the method.',
  };
}

interface FieldUses {
  readonly read: ReadonlySet<string>;
  readonly written: ReadonlySet<string>;
  /** The functions that run. */
  readonly reached: ReadonlySet<string>;
  /** The records of the class and of those that it extends. */
  readonly kin: ReadonlySet<string>;
}

/** What a method and everything that it calls do with the fields of its class. */
function fieldUses(module: IrModule, root: string, record: `rec.${string}`): FieldUses {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const kin = relatives(module, record);
  const [read, written] = [new Set<string>(), new Set<string>()];
  const reached = new Set([root]);
  // The set grows while it is walked.
  for (const name of reached) {
    walkOps(
      functions.get(name)?.body ?? [],
      ({ op, args: [object], attributes: { slot, callee } }) => {
        if (callee !== undefined) reached.add(callee);
        if (slot === undefined || !object || !kin.has(object.type)) return;
        (op === 'rec.set' ? written : read).add(slot.replace(/\.tag$/, ''));
      },
    );
  }
  return { read, written, reached, kin };
}

/** The records of a class and of those that it extends. */
function relatives(module: IrModule, record: `rec.${string}`): Set<string> {
  const kin = new Set<string>();
  for (let name: string | undefined = recordName(record); name !== undefined;) {
    kin.add(`rec.${name}`);
    const own: string = name;
    name = module.records.find((other) => other.name === own)?.base;
  }
  return kin;
}

function receiverFunction(
  native: NativeFunction,
  { record, index: subject, members }: Subject & Pick<IrRecord, 'members'>,
  receiver: Receiver,
  params: readonly BoundaryParameter[],
): IrFunction {
  const b = new IrBuilder(receiver.callee, native.options, native.span);
  const { object, frame, fields, replaced, returnsThis } = receiver;
  const { places } = placesInFrame(frame);
  const taken = (name: string, type: BoundaryType): Value[] => [
    ...(isOptional(type) ? [b.param(`${name}.tag`, 'u8')] : []),
    b.param(name, type.type),
  ];
  const given = fields.map((field) => ({ field, values: taken(`${object}.${field.name}`, field) }));
  const passed = params.map((param, index) =>
    index === subject ? undefined : taken(param.name, param),
  );
  const frameView =
    frame.length > 0
      ? b.op('global.get', [], 'view.f64', { global: frameName(receiver) })
      : undefined;
  const self = b.op('rec.new', [], record);
  const args = [
    ...(subject === undefined ? [self] : []),
    ...passed.flatMap((values) => values ?? [self]),
  ];
  const slots = new FieldSlots(b, self, members);
  const at = (index: number): Value => b.const('i64', BigInt(index));
  if (frameView)
    for (const { field, at: place } of places) {
      const [first, second] = [0, 1].map(
        (next) => (): Value => b.op('view.load', [frameView, at(place + next)], 'f64'),
      );
      if (!first || !second) throw new Error('there are two');
      if (isOptional(field))
        slots.set(field, [b.op('fptoint', [first()], 'u8'), fromNumber(b, second(), field.type)]);
      else slots.set(field, [fromNumber(b, first(), field.type)]);
    }
  for (const { field, values } of given) slots.set(field, values);
  const giveBack = (): void => {
    for (const { field, at: place } of places) {
      if (!field.isWritten || !frameView) continue;
      slots.get(field).forEach((value, next) => {
        const number =
          value.type === 'u8' && next === 0 && isOptional(field)
            ? b.op('conv', [value], 'f64')
            : toNumber(b, value, field.type);
        b.effect('view.store', [frameView, at(place + next), number]);
      });
    }
  };
  const isWritten = frame.some((field) => field.isWritten);
  const kept = runAndGiveBack(b, native, args, isWritten ? giveBack : undefined);
  const results = returnsThis ? [] : kept;
  const views = replaced.flatMap((field) => slots.get(field));
  b.fn.results.push(
    ...(returnsThis ? [] : valueTypes(native.result)),
    ...views.map(({ type }) => type),
  );
  b.return([...results, ...views]);
  return b.fn;
}

/** Calls a native function, and runs `giveBack` when it ends, also by an error. Gives its results. */
export function runAndGiveBack(
  b: IrBuilder,
  native: NativeFunction,
  args: readonly Value[],
  giveBack: (() => void) | undefined,
): Value[] {
  const types = valueTypes(native.result);
  if (!giveBack) return b.call(native.id, [...args], types);
  const kept = types.map((type) => b.local('result', type));
  b.try(
    () =>
      b.call(native.id, [...args], types).forEach((value, index) => {
        const local = kept[index];
        if (local !== undefined) b.set(local, value);
      }),
    () => {
      const error = b.op('error.caught', []);
      giveBack();
      b.rethrow(error);
    },
    true,
  );
  giveBack();
  return kept.map((local) => b.get(local));
}

/** The fields of an object as they cross the boundary: behind a tag where they may be absent. */
class FieldSlots {
  private readonly b: IrBuilder;
  private readonly self: Value;
  private readonly members: readonly RecordMember[];

  constructor(b: IrBuilder, self: Value, members: readonly RecordMember[]) {
    this.b = b;
    this.self = self;
    this.members = members;
  }

  set(field: Field, values: readonly Value[]): void {
    setMemberValues(this.b, this.self, this.memberOf(field), values);
  }

  get(field: Field): Value[] {
    return memberValues(this.b, this.self, this.memberOf(field));
  }

  /** What stands for the property, whether it may be missing or `undefined`. */
  private memberOf(field: Field): RecordMember {
    return { ...this.members.find(({ name }) => name === field.name), ...field };
  }
}

/** A number of the frame as its field holds it; JavaScript has made sure that the type has it. */
export function fromNumber(b: IrBuilder, number: Value, type: FrameField['type']): Value {
  if (type === 'f64') return number;
  if (type === 'bool') return b.op('ne', [number, b.const('f64', 0)]);
  if (type === 'f32') return b.op('conv', [number], type);
  return b.op('fptoint', [number], type);
}

export const toNumber = (b: IrBuilder, value: Value, type: FrameField['type']): Value =>
  type === 'f64'
    ? value
    : type === 'bool'
      ? b.op('select', [value, b.const('f64', 1), b.const('f64', 0)])
      : b.op('conv', [value], 'f64');
