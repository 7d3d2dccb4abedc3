/** Calls of C's functions: what C gets is made of the operands, and then there is the call itself and nothing else. */
import {
  valuesOfExtern,
  type Extern,
  type ExternCallback,
  type ExternParameter,
} from '../../ir/externs.ts';
import {
  type IrFunction,
  type Operation,
  type Parameter,
  type Throw,
  type Value,
} from '../../ir/types.ts';
import type { FunctionEmission } from '../emission.ts';
import { isNull } from '../helpers.ts';
import { context, view } from '../layout.ts';
import { fromMemory, memoryType, toMemory, zero } from '../types.ts';
import { beginCallbacks, callbackArgument, enterKept, leaveCallbacks } from './callbacks.ts';
import {
  cPointer,
  cValue,
  fromLong,
  fromPointer,
  longDouble,
  promoted,
  toLong,
  toPointer,
  type CType,
} from './c-types.ts';
import { checkHandle, forgetHandle, isTracked, noteHandle } from './handles.ts';
import { Structures, type Argument } from './structure-arguments.ts';
import { servedCall } from './served-call.ts';
import { callC, librariesOf, type CCallee } from './symbols.ts';
import { textFromC, textToC } from './text.ts';

/** Writes the call of a function that has `extern`; defines the results of `op`. */
export function emitExternCall(e: FunctionEmission, op: Operation, callee: IrFunction): void {
  const { extern } = callee;
  if (!extern) throw new Error(`${callee.name} is no function of C`);
  const emission = new ExternCall(e, op, callee, extern);
  emission.begin();
  const result = emission.resultType();
  const args = emission.arguments();
  const target = {
    ...{ library: extern.library, symbol: extern.symbol, result, fixed: extern.fixed },
    params: args.map(({ c }) => c),
  };
  const operands = args.map(({ value }) => value);
  const { given, check } =
    extern.served === true && !e.module.triple.startsWith('wasm32')
      ? servedCall(e, op, {
          ...{ target, args: operands, errno: extern.errno === true },
          frames: emission.frameCount,
        })
      : { given: directCall(e, extern, target, operands), check: undefined };
  const failed = emission.leave();
  const outs = args.map((argument) => argument.after?.());
  emission.free();
  check?.(() => {});
  if (failed !== undefined) e.propagate(failed);
  const results = [
    ...emission.received(given),
    ...args.flatMap(({ last }, index) => last?.() ?? outs[index] ?? []),
  ];
  op.results.forEach((value, index) => e.define(value, results[index] ?? zero(value.type)));
}

/** Writes the call on the same thread; gives what C has given. */
function directCall(
  e: FunctionEmission,
  { errno }: Extern,
  target: CCallee,
  operands: readonly string[],
): string {
  const { f } = e;
  if (errno) errnoPlace(e, (place) => f.store('i32', '0', place));
  const given = callC(f, librariesOf(e.module.ir), e.module.linked, target, operands);
  if (errno)
    errnoPlace(e, (place) =>
      f.store('i32', f.load('i32', place), f.offset(e.ctx, context.errno), e.access('context', 4)),
    );
  return given;
}

/** Writes an access to C's `errno`. */
function errnoPlace({ f }: FunctionEmission, use: (place: string) => void): void {
  f.module.declare('tsn_errno', { result: 'ptr', params: [], attributes: 'nounwind' });
  use(f.call('ptr', 'tsn_errno', []));
}

class ExternCall {
  private readonly e: FunctionEmission;
  private readonly op: Operation;
  private readonly callee: IrFunction;
  private readonly extern: Extern;
  /** What is to be freed behind the call, and where the arguments behind it can't be made. */
  private readonly texts: (() => void)[] = [];
  private readonly frames: (() => string | undefined)[] = [];
  private readonly freed: string[] = [];
  private readonly structures: Structures;

  constructor(e: FunctionEmission, op: Operation, callee: IrFunction, extern: Extern) {
    this.e = e;
    this.op = op;
    this.callee = callee;
    this.extern = extern;
    const of = `${extern.symbol} of the library ${extern.library}`;
    this.structures = new Structures(e, op, of);
  }

  arguments(): Argument[] {
    const { extern, op, callee, structures } = this;
    let at = 0;
    const args = extern.params.flatMap((param, index) => {
      const there = param.optional ? op.args[at++] : undefined;
      const own = callee.params.slice(at, at + valuesOfExtern({ ...param, optional: false }));
      const values = op.args.slice(at, at + own.length);
      at += own.length;
      const [parameter, value] = [own[0], values[0]];
      if (!parameter || !value) throw new Error(`${callee.name}: an argument is missing`);
      if (param.struct)
        return structures.argument({ ...param, struct: param.struct }, own, values, {
          ...{ there, undo: () => this.undo() },
          callback: (callback, name, fn) => this.callback(callback, name, fn),
        });
      const argument = this.argument(param, parameter, value, there, index);
      structures.registers.take(argument.c.type);
      return [argument];
    });
    return [...structures.placeOfResult(op.args.slice(at)), ...args];
  }

  private argument(
    param: ExternParameter,
    own: Parameter,
    value: Value,
    there: Value | undefined,
    index: number,
  ): Argument {
    const { e, extern } = this;
    const { f } = e;
    const operand = e.operand(value);
    switch (param.way) {
      case 'value':
        return extern.fixed !== undefined && index >= extern.fixed
          ? promoted(f, value.type, operand)
          : { c: cValue(e.module.triple, value.type), value: operand };
      case 'long double': {
        const type = this.longDouble();
        return { c: { type, attribute: '' }, value: toLong(f, type, operand) };
      }
      case 'pointer':
        this.useHandle(param, own, operand);
        return { c: cPointer, value: toPointer(f, operand) };
      case 'data':
        return { c: cPointer, value: this.data(own, value) };
      case 'struct':
        if (param.addresses) this.refuseShortAddresses(own, operand);
        return { c: cPointer, value: operand };
      case 'text': {
        const text = textToC(e, this.op, operand, this.nameOf(own), this.undo());
        this.texts.push(text.free);
        return { c: cPointer, value: text.pointer };
      }
      case 'callback':
        return { c: cPointer, value: this.callbackOrNull(param.callback, own, operand) };
      case 'out':
      case 'out pointer':
        return this.out(param, value, operand, there);
    }
  }

  /** What C gets for a function, an operand of a function type. */
  private callback(callback: ExternCallback, place: string, fn: string): string {
    const { e, callee, op } = this;
    const undo = this.undo();
    const { pointer, leave } = callbackArgument(e, callee, callback, { place, fn, op, undo });
    if (leave) this.frames.push(leave);
    return pointer;
  }

  /** The same of one that may be null, for which C gets NULL. */
  private callbackOrNull(
    callback: ExternCallback | undefined,
    own: Parameter,
    operand: string,
  ): string {
    const { f } = this.e;
    if (!callback) throw new Error(`${own.name} has no function`);
    const make = (): string => this.callback(callback, own.name, operand);
    if (own.mayBeNull !== true) return make();
    const ptr = f.module.spell('ptr');
    if (!callback.kept) {
      const pointer = make();
      return f.emit(`select i1 ${isNull(f, operand)}, ${ptr} null, ${ptr} ${pointer}`);
    }
    const [there, end] = [f.fresh('there'), f.fresh('function')];
    const slot = f.alloca('ptr');
    f.store('ptr', 'null', slot);
    f.condBr(isNull(f, operand), end, there);
    f.block(there);
    f.store('ptr', make(), slot);
    f.br(end);
    f.block(end);
    return f.load('ptr', slot);
  }

  /** Where the elements of an array are. */
  private data(own: Parameter, value: Value): string {
    const { e } = this;
    const { f } = e;
    if (own.mayBeNull !== true) return e.viewField(value, 'data');
    const operand = e.operand(value);
    const [there, end] = [f.fresh('there'), f.fresh('data')];
    const slot = f.alloca('ptr');
    f.store('ptr', 'null', slot);
    f.condBr(isNull(f, operand), end, there);
    f.block(there);
    const data = f.load('ptr', f.offset(operand, view.data), e.access('view', 8));
    // An array without elements may have no memory, and is no NULL.
    const ptr = f.module.spell('ptr');
    const some = f.emit(`select i1 ${isNull(f, data)}, ${ptr} ${operand}, ${ptr} ${data}`);
    f.store('ptr', some, slot);
    f.br(end);
    f.block(end);
    return f.load('ptr', slot);
  }

  private out(
    { way, handle }: ExternParameter,
    value: Value,
    operand: string,
    there: Value | undefined,
  ): Argument {
    const { f } = this.e;
    const isPointer = way === 'out pointer';
    const type = isPointer ? 'ptr' : memoryType(value.type);
    const slot = f.alloca(type, 'out');
    f.store(type, isPointer ? toPointer(f, operand) : toMemory(f, value.type, operand), slot);
    const ptr = f.module.spell('ptr');
    const pointer = there
      ? f.emit(`select i1 ${this.e.operand(there)}, ${ptr} ${slot}, ${ptr} null`)
      : slot;
    const after = (): string => {
      const given = f.load(type, slot);
      if (!isPointer) return fromMemory(f, value.type, given);
      const address = fromPointer(f, given);
      if (handle !== undefined && isTracked(this.e.module.ir, handle)) noteHandle(f, address);
      return address;
    };
    return { c: cPointer, value: pointer, after };
  }

  /** Where addresses have 4 bytes, C's layout is not that of the structure, which it would get as it is. */
  private refuseShortAddresses(own: Parameter, operand: string): void {
    const { e } = this;
    if (!e.module.triple.startsWith('wasm32')) return;
    const problem = `${this.nameOf(own)} is a structure with addresses, which have 4 bytes in WebAssembly and 8 in native code`;
    const fine = own.mayBeNull === true ? isNull(e.f, operand) : 'false';
    e.failUnless(fine, this.error('TypeError', problem), [], this.undo());
  }

  /** Tests a handle that may have been freed, and notes one that C frees. */
  private useHandle({ handle, frees }: ExternParameter, own: Parameter, operand: string): void {
    if (handle === undefined || !isTracked(this.e.module.ir, handle)) return;
    const fine = checkHandle(this.e.f, operand);
    const problem = `${this.nameOf(own)} is a handle that was freed before`;
    this.e.failUnless(fine, this.error('TypeError', problem), [], this.undo());
    if (frees) this.freed.push(operand);
  }

  private nameOf({ name }: Parameter): string {
    return `'${name}' of ${this.extern.symbol} of the library ${this.extern.library}`;
  }

  private error(errorClass: Throw['errorClass'], message: string): Throw {
    const { span } = this.op;
    return { kind: 'throw', errorClass, parts: [message], isCheck: true, span };
  }

  private longDouble(): string {
    const type = longDouble(this.e.module.triple);
    if (type === undefined) throw new Error('no long double'); // `externProblems` has told it
    return type;
  }

  resultType(): CType | undefined {
    const { extern, op } = this;
    const type = op.results[0]?.type;
    switch (extern.result?.way) {
      case undefined:
        return undefined;
      case 'value':
        return cValue(this.e.module.triple, type ?? 'f64');
      case 'long double':
        return { type: this.longDouble(), attribute: '' };
      case 'pointer':
      case 'text':
        return cPointer;
      case 'struct':
        return this.structures.resultType(extern.result.struct);
    }
  }

  /** The operands of what C has given. */
  received(given: string): readonly string[] {
    const { e, extern } = this;
    const { f } = e;
    switch (extern.result?.way) {
      case undefined:
        return [];
      case 'value':
        return [given];
      case 'long double':
        return [fromLong(f, this.longDouble(), given)];
      case 'pointer': {
        const address = fromPointer(f, given);
        const { handle } = extern.result;
        if (handle !== undefined && isTracked(e.module.ir, handle)) noteHandle(f, address);
        return [address];
      }
      case 'text':
        return [textFromC(e, this.op, given)];
      case 'struct':
        return this.structures.received(given);
    }
  }

  /** Whether C may call back meanwhile. */
  private get callsBack(): boolean {
    const { params, callsKept } = this.extern;
    return callsKept === true || params.some(({ callback, functions }) => callback ?? functions);
  }

  /** Writes what comes before the arguments. */
  begin(): void {
    const { e, extern } = this;
    if (this.callsBack) beginCallbacks(e);
    if (extern.callsKept) this.frames.push(enterKept(e));
  }

  get frameCount(): number {
    return this.frames.length;
  }

  /** Writes what ends that C may call back; gives whether something was thrown meanwhile. */
  leave(): string | undefined {
    const { e, op, extern, frames } = this;
    return this.callsBack ? leaveCallbacks(e, op, extern, frames, this.freeing()) : undefined;
  }

  /** Frees what was made for the call. */
  free(): void {
    for (const handle of this.freed) forgetHandle(this.e.f, handle);
    this.freeing()();
  }

  /** Writes the freeing of the texts that there are now. */
  private freeing(): () => void {
    const texts = [...this.texts];
    return () => texts.forEach((free) => free());
  }

  /** Writes what has to be done where the next argument can't be made. */
  private undo(): () => void {
    const frames = this.frames.toReversed();
    const free = this.freeing();
    return () => {
      frames.forEach((leave) => leave());
      free();
    };
  }
}
