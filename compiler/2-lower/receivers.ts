/**
 * Methods that JavaScript calls on its own objects: a function around each, which makes a native object of the
 * fields that the method uses, calls it, and gives back what it changed, also when it throws.
 */
import type { NativeFunction } from '../1-read/model.ts';
import { placeOf } from '../1-read/places.ts';
import { nameNodeOf } from '../1-read/signatures.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { IrBuilder } from '../ir/build.ts';
import { recordName, recordOf, storageOf } from '../ir/records.ts';
import type { FrameField, Receiver } from '../ir/receivers.ts';
import {
  isScalar,
  isView,
  type BoundaryParameter,
  type IrExport,
  type IrFunction,
  type IrModule,
  type RecordMember,
  type Value,
} from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';

export interface LoweredReceiver {
  readonly receiver: Receiver;
  readonly fn: IrFunction;
  readonly exported: IrExport;
}

type Method = NativeFunction & Required<Pick<NativeFunction, 'method'>>;

/** Whether JavaScript calls a function as a method of its own objects: those of tagged classes are native code's. */
export const isMethod = (fn: NativeFunction): fn is Method =>
  fn.method !== undefined && fn.method.owner.tag === undefined;

/** @param boundary the method's own parameters and result at the boundary */
export function lowerReceiver(
  module: IrModule,
  native: Method,
  boundary: Pick<IrExport, 'params' | 'result'>,
  natives: readonly NativeFunction[],
): LoweredReceiver | Diagnostic {
  const { owner } = native.method;
  const uses = fieldUses(module, native.id, owner.record);
  const { members } = recordOf(module, owner.record);
  const used = members.filter(({ name }) => uses.read.has(name) || uses.written.has(name));
  const written = (member: RecordMember): boolean => uses.written.has(member.name);
  const place = placeOf(nameNodeOf(native.node as Parameters<typeof nameNodeOf>[0]));
  const returnsThis = native.result.type === owner.record;
  for (const member of used) {
    const problem = problemOf(member, written(member), boundary);
    if (problem)
      return codes.receiverField(place, { name: native.name, field: member.name, ...problem });
  }
  const scalars = used.filter(({ type }) => isScalar(type));
  const framed = scalars.some(written) ? scalars : [];
  const frame = framed.map(({ name, type }): FrameField => ({
    name,
    type: type as FrameField['type'],
    isWritten: uses.written.has(name),
  }));
  const fields = used.filter((member) => !framed.includes(member));
  const replaced = fields.flatMap(({ name, type }) =>
    isView(type) && uses.written.has(name) ? [{ name, type }] : [],
  );
  const receiver: Receiver = {
    callee: `${native.id}.receiver`,
    owner: owner.name,
    frame,
    fields: fields.map(({ name, type }) => ({ name, type })),
    replaced,
    methods: natives
      .filter(
        ({ id, method }) => uses.reached.has(id) && id !== native.id && method?.kind === 'method',
      )
      .filter(({ method }) => method !== undefined && uses.kin.has(method.owner.record))
      .map(({ name }) => name.slice(name.indexOf('.') + 1)),
    returnsThis,
  };
  const plain = (name: string, type: BoundaryParameter['type']): BoundaryParameter => ({
    name,
    type,
    undefined: false,
    null: false,
  });
  const exported: IrExport = {
    callee: receiver.callee,
    name: native.name,
    params: [
      ...(frame.length > 0 ? [plain('this', 'view.f64')] : []),
      ...fields.map(({ name, type }) => plain(`this.${name}`, type)),
      ...boundary.params,
    ],
    result: returnsThis ? undefined : boundary.result,
    ...(replaced.length > 0 && {
      more: replaced.map(({ type }) => ({ type, undefined: false, null: false })),
    }),
    span: native.span,
  };
  return { receiver, exported, fn: receiverFunction(native, receiver, exported) };
}

/** Why a field can't be handed over or come back. */
function problemOf(
  { type, ...member }: RecordMember,
  isWritten: boolean,
  { params, result }: Pick<IrExport, 'params' | 'result'>,
): { readonly why: string; readonly rewrite: string } | undefined {
  if (storageOf({ type, ...member }) !== 'plain')
    return {
      why: 'It may be undefined or null, and a field is handed over as one value of one type.',
      rewrite:
        'A function of the module that the method calls with the field, in place of the method.',
    };
  if (isScalar(type) && type !== 'i64' && type !== 'u64') return undefined;
  if (!isWritten) return undefined;
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

function receiverFunction(native: Method, receiver: Receiver, exported: IrExport): IrFunction {
  const { owner } = native.method;
  const b = new IrBuilder(receiver.callee, native.options, native.span);
  const { frame, fields, replaced, returnsThis } = receiver;
  const frameView = frame.length > 0 ? b.param('this', 'view.f64') : undefined;
  const given = fields.map(({ name, type }) => ({ name, value: b.param(`this.${name}`, type) }));
  const args = exported.params
    .slice(given.length + (frameView ? 1 : 0))
    .flatMap((param) => [
      ...(param.undefined || param.null ? [b.param(`${param.name}.tag`, 'u8')] : []),
      b.param(param.name, param.type),
    ]);
  const self = b.op('rec.new', [], owner.record);
  const at = (index: number): Value => b.const('i64', BigInt(index));
  if (frameView)
    frame.forEach(({ name, type }, index) => {
      const number = b.op('view.load', [frameView, at(index)], 'f64');
      b.effect('rec.set', [self, fromNumber(b, number, type)], { slot: name });
    });
  for (const { name, value } of given) b.effect('rec.set', [self, value], { slot: name });
  const giveBack = (): void =>
    frame.forEach(({ name, type, isWritten }, index) => {
      if (!isWritten || !frameView) return;
      const value = b.op('rec.get', [self], type, { slot: name });
      b.effect('view.store', [frameView, at(index), toNumber(b, value, type)]);
    });
  const { result } = native;
  const types =
    result.type === undefined
      ? []
      : result.undefined || result.null
        ? (['u8', result.type] as const)
        : [result.type];
  const kept = types.map((type) => b.local('result', type));
  const run = (): void => {
    b.call(native.id, [self, ...args], types).forEach((value, index) => {
      const local = kept[index];
      if (local !== undefined) b.set(local, value);
    });
  };
  if (frame.some(({ isWritten }) => isWritten))
    b.try(
      run,
      () => {
        const error = b.op('error.caught', []);
        giveBack();
        b.rethrow(error);
      },
      true,
    );
  else run();
  giveBack();
  const results = returnsThis ? [] : kept.map((local) => b.get(local));
  const views = replaced.map(({ name, type }) => b.op('rec.get', [self], type, { slot: name }));
  b.fn.results.push(...(returnsThis ? [] : types), ...replaced.map(({ type }) => type));
  b.return([...results, ...views]);
  return b.fn;
}

/** A number of the frame as its field holds it; JavaScript has made sure that the type has it. */
function fromNumber(b: IrBuilder, number: Value, type: FrameField['type']): Value {
  if (type === 'f64') return number;
  if (type === 'bool') return b.op('ne', [number, b.const('f64', 0)]);
  if (type === 'f32') return b.op('conv', [number], type);
  return b.op('fptoint', [number], type);
}

const toNumber = (b: IrBuilder, value: Value, type: FrameField['type']): Value =>
  type === 'f64'
    ? value
    : type === 'bool'
      ? b.op('select', [value, b.const('f64', 1), b.const('f64', 0)])
      : b.op('conv', [value], 'f64');
