/** Calls of C's functions: what C gets is made of the operands, and then there is the call itself and nothing else. */
import type { Extern, ExternCallback, ExternParameter } from '../../ir/externs.ts';
import {
  isRecord,
  type IrFunction,
  type Operation,
  type Parameter,
  type Throw,
  type Value,
} from '../../ir/types.ts';
import type { FunctionEmission } from '../emission.ts';
import { copyBytes, isNull } from '../helpers.ts';
import { context, header, view } from '../layout.ts';
import { fromMemory, memoryBytes, memoryType, toMemory, zero } from '../types.ts';
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
import { servedCall } from './served-call.ts';
import { callC, librariesOf, type CCallee } from './symbols.ts';
import { textFromC, textToC } from './text.ts';

/** What C gets as an argument. */
interface Argument {
  readonly c: CType;
  readonly value: string;
  /** Written behind the call, in the order of the arguments; gives what is a result of the IR function. */
  after?(): string | undefined;
}

/** Writes the call of a function that has `extern`; defines the results of `op`. */
export function emitExternCall(e: FunctionEmission, op: Operation, callee: IrFunction): void {
  const { extern } = callee;
  if (!extern) throw new Error(`${callee.name} is no function of C`);
  const emission = new ExternCall(e, op, callee, extern);
  emission.begin();
  const args = emission.arguments();
  const result = emission.resultType();
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
  const outs = args.flatMap((argument) => argument.after?.() ?? []);
  emission.free();
  check?.(() => {});
  if (failed !== undefined) e.propagate(failed);
  const [first, ...rest] = op.results;
  const others = extern.result ? rest : op.results;
  if (extern.result && first) e.define(first, emission.received(given));
  others.forEach((value, index) => e.define(value, outs[index] ?? zero(value.type)));
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

  constructor(e: FunctionEmission, op: Operation, callee: IrFunction, extern: Extern) {
    this.e = e;
    this.op = op;
    this.callee = callee;
    this.extern = extern;
  }

  arguments(): Argument[] {
    const { extern, op, callee } = this;
    let at = 0;
    return extern.params.map((param, index) => {
      const there = param.optional ? op.args[at++] : undefined;
      const own = callee.params[at];
      const value = op.args[at++];
      if (!own || !value) throw new Error(`${callee.name}: an argument is missing`);
      return this.argument(param, own, value, there, index);
    });
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
          : { c: cValue(value.type), value: operand };
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
        return param.functions
          ? this.structWithFunctions(param.functions, own, value)
          : { c: cPointer, value: operand };
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

  /** A copy of a structure in which C finds its functions; what C has changed comes back. */
  private structWithFunctions(
    functions: NonNullable<ExternParameter['functions']>,
    own: Parameter,
    value: Value,
  ): Argument {
    const { e } = this;
    const { f } = e;
    const type = value.type;
    if (!isRecord(type)) throw new Error(`${own.name} is no object`);
    const operand = e.operand(value);
    const { slots, bytes } = e.module.shapes.record(type);
    const size = bytes - header.size;
    const copy = f.alloca(`[${Math.ceil(size / 8)} x i64]`, 'struct');
    const [there, end] = [f.fresh('there'), f.fresh('struct')];
    const pointer = f.alloca('ptr');
    // Frames are entered in any case.
    const held = new Map(functions.map(({ slot }) => [slot, f.alloca('ptr', 'fn')]));
    for (const one of held.values()) f.store('ptr', 'null', one);
    f.store('ptr', 'null', pointer);
    f.condBr(isNull(f, operand), end, there);
    f.block(there);
    copyBytes(f, copy, operand, String(size));
    f.store('ptr', copy, pointer);
    for (const { name, offset } of slots) {
      const to = held.get(name);
      if (to) f.store('ptr', f.load('ptr', f.offset(operand, offset)), to);
    }
    f.br(end);
    f.block(end);
    for (const { slot, callback } of functions) {
      const offset = slots.find(({ name }) => name === slot)?.offset ?? 0;
      const fn = f.load('ptr', held.get(slot) ?? '');
      f.store('ptr', this.callback(callback, `${own.name}.${slot}`, fn), f.offset(copy, offset));
    }
    const after = (): undefined => {
      const [some, done] = [f.fresh('some'), f.fresh('done')];
      f.condBr(isNull(f, operand), done, some);
      f.block(some);
      for (const slot of slots) {
        if (held.has(slot.name)) continue;
        const given = f.load(memoryType(slot.type), f.offset(copy, slot.offset));
        const suffix = e.access('field', memoryBytes(slot.type));
        f.store(memoryType(slot.type), given, f.offset(operand, slot.offset), suffix);
      }
      f.br(done);
      f.block(done);
    };
    return { c: cPointer, value: f.load('ptr', pointer), after };
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
        return cValue(type ?? 'f64');
      case 'long double':
        return { type: this.longDouble(), attribute: '' };
      case 'pointer':
      case 'text':
        return cPointer;
    }
  }

  /** The operand of what C has given. */
  received(given: string): string {
    const { e, extern } = this;
    const { f } = e;
    switch (extern.result?.way) {
      case 'long double':
        return fromLong(f, this.longDouble(), given);
      case 'pointer': {
        const address = fromPointer(f, given);
        const { handle } = extern.result;
        if (handle !== undefined && isTracked(e.module.ir, handle)) noteHandle(f, address);
        return address;
      }
      case 'text':
        return textFromC(e, this.op, given);
      default:
        return given;
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
