/** Typed arrays, Buffers and DataViews. */
import {
  bitWidth,
  elementSize,
  elementType,
  isFloat,
  isInteger,
  isView,
  viewKind,
  type NumericType,
  type Operation,
  type Value,
  type ViewType,
} from '../../ir/types.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { givenView, numberView } from '../boundary/inside-views.ts';
import { keepView, sameArrayBuffer, viewOfKept } from '../boundary/kept-views.ts';
import { callHelper, copyBytes, isNull } from '../helpers.ts';
import { view, viewKinds } from '../layout.ts';
import { newView, stackView, subView } from '../memory.ts';
import { llvmType } from '../types.ts';

function viewType(value: Value | undefined): ViewType {
  if (value === undefined || !isView(value.type)) throw new Error(`${value?.type} is no view`);
  return value.type;
}

/** The type of the elements and a pointer to one. */
function element(e: FunctionEmission, op: Operation): { type: NumericType; pointer: string } {
  const [array, index] = op.args;
  const type = elementType(viewKind(viewType(array)));
  const pointer = e.f.gep(llvmType(type), e.viewField(array, 'data'), e.operand(index));
  return { type, pointer };
}

const elementAccess = (e: FunctionEmission, op: Operation, type: NumericType): string =>
  e.access('element', bitWidth(type) / 8) +
  e.apart(op.attributes.apart) +
  (op.attributes.alone ? e.alone : '');

/** The number that a DataView access reads or writes: its type, as an integer of its bytes, and where. */
function dataElement(
  e: FunctionEmission,
  op: Operation,
  value: Value | undefined,
): { type: NumericType; integer: string; pointer: string; swap: boolean } {
  const type = value?.type;
  if (type === undefined || !(isInteger(type) || isFloat(type)))
    throw new Error(`${op.op} of ${type}`);
  const [data, offset] = op.args;
  return {
    type,
    integer: `i${bitWidth(type)}`,
    pointer: e.f.gep('i8', e.viewField(data, 'data'), e.operand(offset)),
    // Every target is little-endian.
    swap: !op.attributes.littleEndian && bitWidth(type) > 8,
  };
}

function swapBytes(e: FunctionEmission, integer: string, value: string): string {
  const callee = `llvm.bswap.${integer}`;
  e.f.module.declare(callee, { result: integer, params: [integer] });
  return e.f.call(integer, callee, [[integer, value]]);
}

/** Gives the result of an allocation, which is null where there was no memory. */
function allocated(e: FunctionEmission, op: Operation, pointer: string): void {
  const [result] = op.results;
  if (result === undefined) throw new Error(`${op.op} without a result`);
  e.failUnless(e.f.emit(`icmp ne ${e.f.module.spell('ptr')} ${pointer}, null`), op);
  e.define(result, pointer, true);
}

/** An element that is changed at once by an operation of LLVM's `atomicrmw`. */
const changed =
  (name: string): Emit =>
  (e, op) => {
    const { type, pointer } = element(e, op);
    const integer = llvmType(type);
    const place = e.f.typedPointer(integer, pointer);
    return e.f.emit(`atomicrmw ${name} ${place}, ${integer} ${e.operand(op.args[2])} seq_cst`);
  };

export const viewOps = {
  'view.length': (e, op) => {
    const [result] = op.results;
    if (result) e.defineLength(result, op.args[0]);
  },
  'view.byteOffset': (e, op) =>
    e.f.load('i64', e.f.offset(e.operand(op.args[0]), view.byteOffset), e.access('view', 8)),

  'view.load': (e, op) => {
    const { type, pointer } = element(e, op);
    return e.f.load(llvmType(type), pointer, elementAccess(e, op, type));
  },
  'view.store': (e, op) => {
    const { type, pointer } = element(e, op);
    e.f.store(llvmType(type), e.operand(op.args[2]), pointer, elementAccess(e, op, type));
  },

  'atomic.load': (e, op) => {
    const { type, pointer } = element(e, op);
    const [integer, place] = [llvmType(type), e.f.typedPointer(llvmType(type), pointer)];
    return e.f.emit(`load atomic ${integer}, ${place} seq_cst, align ${bitWidth(type) / 8}`);
  },
  'atomic.store': (e, op) => {
    const { type, pointer } = element(e, op);
    const place = e.f.typedPointer(llvmType(type), pointer);
    const value = `${llvmType(type)} ${e.operand(op.args[2])}`;
    e.f.line(`store atomic ${value}, ${place} seq_cst, align ${bitWidth(type) / 8}`);
  },
  'atomic.add': changed('add'),
  'atomic.sub': changed('sub'),
  'atomic.and': changed('and'),
  'atomic.or': changed('or'),
  'atomic.xor': changed('xor'),
  'atomic.exchange': changed('xchg'),
  'atomic.compareExchange': (e, op) => {
    const { type, pointer } = element(e, op);
    const integer = llvmType(type);
    const place = e.f.typedPointer(integer, pointer);
    const [expected, next] = [op.args[2], op.args[3]].map(
      (value) => `${integer} ${e.operand(value)}`,
    );
    const pair = e.f.emit(`cmpxchg ${place}, ${expected}, ${next} seq_cst seq_cst`);
    return e.f.emit(`extractvalue { ${integer}, i1 } ${pair}, 0`);
  },

  'data.load': (e, op) => {
    const { type, integer, pointer, swap } = dataElement(e, op, op.results[0]);
    const raw = e.f.load(integer, pointer, e.access('element', 1));
    const bits = swap ? swapBytes(e, integer, raw) : raw;
    return isFloat(type) ? e.f.emit(`bitcast ${integer} ${bits} to ${llvmType(type)}`) : bits;
  },
  'data.store': (e, op) => {
    const { type, integer, pointer, swap } = dataElement(e, op, op.args[2]);
    const value = e.operand(op.args[2]);
    const bits = isFloat(type)
      ? e.f.emit(`bitcast ${llvmType(type)} ${value} to ${integer}`)
      : value;
    e.f.store(integer, swap ? swapBytes(e, integer, bits) : bits, pointer, e.access('element', 1));
  },

  'view.new': (e, op) => {
    const [result] = op.results;
    const type = viewType(result);
    const length = e.module.scratch.get(op);
    if (result && length !== undefined) return e.define(result, stackView(e.f, type, length), true);
    const lasting = e.module.lasting.has(op);
    allocated(e, op, newView(e.f, e.ctx, type, e.operand(op.args[0]), lasting));
  },
  'view.sub': (e, op) => {
    const [whole, start, length] = op.args;
    const made = subView(
      e.f,
      e.ctx,
      viewType(whole),
      e.operand(whole),
      e.operand(start),
      e.operand(length),
    );
    allocated(e, op, made);
  },
  'view.given': (e, op) => {
    const [result] = op.results;
    const given = givenView(e.f, e.ctx, e.operand(op.args[0]));
    // A Buffer is a Uint8Array with other methods; only what it is taken for tells.
    if (result?.type === 'view.buffer')
      e.f.store('i32', String(viewKinds.indexOf('buffer')), e.f.offset(given, view.kind));
    return given;
  },
  'view.number': (e, op) => {
    const number = callHelper(e.f, numberView, [e.ctx, e.operand(op.args[0])]);
    e.failUnless(e.f.emit(`icmp sge i64 ${number}, 0`), op);
    return number;
  },
  'view.keep': (e, op) => {
    const given = e.operand(op.args[0]);
    const made = keepView(e.f, e.ctx, given);
    const none = isNull(e.f, made);
    // Nothing is kept of null.
    const failed = e.f.emit(`and i1 ${none}, ${e.f.emit(`xor i1 ${isNull(e.f, given)}, true`)}`);
    e.failUnless(e.f.emit(`xor i1 ${failed}, true`), op);
    return made;
  },
  'view.kept': (e, op) => {
    const [result] = op.results;
    if (!result) throw new Error('view.kept without a result');
    const held = e.operand(op.args[0]);
    const made = viewOfKept(e.f, e.ctx, held, e.module.keptDemands);
    const isThere = e.f.emit(`icmp ne ${e.f.module.spell('ptr')} ${made}, null`);
    const mayBeAbsent = op.attributes.absent === true;
    e.failUnless(mayBeAbsent ? e.f.emit(`or i1 ${isThere}, ${isNull(e.f, held)}`) : isThere, op);
    // A Buffer is a Uint8Array with other methods; only what it is taken for tells.
    if (result.type === 'view.buffer' && !mayBeAbsent)
      e.f.store('i32', String(viewKinds.indexOf('buffer')), e.f.offset(made, view.kind));
    e.define(result, made, !mayBeAbsent);
  },
  'view.move': (e, op) => {
    const [to, toIndex, from, fromIndex, count] = op.args;
    const size = elementSize(viewKind(viewType(to)));
    const unit = `i${8 * size}`;
    const target = e.f.gep(unit, e.viewField(to, 'data'), e.operand(toIndex));
    const source = e.f.gep(unit, e.viewField(from, 'data'), e.operand(fromIndex));
    const bytes = e.f.emit(`mul i64 ${e.operand(count)}, ${size}`);
    copyBytes(e.f, target, source, bytes, 'memmove');
  },
  'view.sameBuffer': (e, op) => {
    // A caller in C has no buffers, but arrays may share memory, which is what is asked for.
    const { standsAlone, servesC } = e.f.module;
    const overlap = servesC ? e.f.emit(`xor i1 ${areApart(e, op.args)}, true`) : undefined;
    if (overlap !== undefined && standsAlone) return overlap;
    const same = areOfOneBuffer(e, op.args);
    return overlap === undefined ? same : e.f.emit(`or i1 ${same}, ${overlap}`);
  },
  'view.apart': (e, op) => areApart(e, op.args),
} as const satisfies Record<string, Emit>;

/** Writes whether two views are of one ArrayBuffer. */
function areOfOneBuffer(e: FunctionEmission, views: readonly Value[]): string {
  if (e.module.keepsViews) {
    const [a = '', b = ''] = views.map((one) => e.operand(one));
    return sameArrayBuffer(e.f, e.ctx, a, b);
  }
  const pointer = e.f.module.spell('ptr');
  const [a, b] = views.map((one) =>
    e.f.load('ptr', e.f.offset(e.operand(one), view.buffer), e.access('view', 8)),
  );
  return e.f.emit(`icmp eq ${pointer} ${a}, ${b}`);
}

/** Writes whether no byte belongs to both of two views. */
function areApart(e: FunctionEmission, views: readonly Value[]): string {
  const { f } = e;
  const [a, b] = views.map((arg) => {
    const start = f.emit(`ptrtoint ${f.module.spell('ptr')} ${e.viewField(arg, 'data')} to i64`);
    const size = elementSize(viewKind(viewType(arg)));
    const bytes = f.emit(`mul i64 ${e.viewField(arg, 'length')}, ${size}`);
    return { start, end: f.emit(`add i64 ${start}, ${bytes}`) };
  });
  const before = f.emit(`icmp ule i64 ${a?.end}, ${b?.start}`);
  const behind = f.emit(`icmp ule i64 ${b?.end}, ${a?.start}`);
  return f.emit(`or i1 ${before}, ${behind}`);
}
