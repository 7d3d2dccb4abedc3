/** Calls of C's functions: what C gets is made of the operands, and then there is the call itself and nothing else. */
import type { Extern, ExternParameter } from '../../ir/externs.ts';
import type { IrFunction, Operation, Parameter, Throw, Value } from '../../ir/types.ts';
import type { FunctionEmission } from '../emission.ts';
import { isNull } from '../helpers.ts';
import { context, view } from '../layout.ts';
import { fromMemory, memoryType, toMemory, zero } from '../types.ts';
import { callbackArgument, enterCallbacks, keptFrame, type CallbackArgument } from './callbacks.ts';
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
import { callC, librariesOf } from './symbols.ts';
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
  const { f } = e;
  const emission = new ExternCall(e, op, callee, extern);
  const args = emission.arguments();
  if (extern.errno) errnoPlace(e, (place) => f.store('i32', '0', place));
  const leave = emission.enter();
  const result = emission.resultType();
  const target = {
    ...{ library: extern.library, symbol: extern.symbol, result, fixed: extern.fixed },
    params: args.map(({ c }) => c),
  };
  const given = callC(
    f,
    librariesOf(e.module.ir),
    e.module.linked,
    target,
    args.map(({ value }) => value),
  );
  if (extern.errno)
    errnoPlace(e, (place) =>
      f.store('i32', f.load('i32', place), f.offset(e.ctx, context.errno), e.access('context', 4)),
    );
  const failed = leave();
  const outs = args.flatMap((argument) => argument.after?.() ?? []);
  emission.free();
  if (failed !== undefined) e.propagate(failed);
  const [first, ...rest] = op.results;
  const others = extern.result ? rest : op.results;
  if (extern.result && first) e.define(first, emission.received(given));
  others.forEach((value, index) => e.define(value, outs[index] ?? zero(value.type)));
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
  private readonly frames: string[] = [];
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
        return { c: cPointer, value: operand };
      case 'text': {
        const text = textToC(e, this.op, operand, this.nameOf(own), this.freeingTexts());
        this.texts.push(text.free);
        return { c: cPointer, value: text.pointer };
      }
      case 'callback': {
        const made = this.callbackOrNull(own, operand, index);
        if (made.frame !== undefined) this.frames.push(made.frame);
        return { c: cPointer, value: made.pointer };
      }
      case 'out':
      case 'out pointer':
        return this.out(param, value, operand, there);
    }
  }

  /** What C gets for a function, which is NULL for none. */
  private callbackOrNull(own: Parameter, operand: string, index: number): CallbackArgument {
    const { e, callee, op } = this;
    const { f } = e;
    if (own.mayBeNull !== true) return callbackArgument(e, callee, index, operand, op);
    const [there, end] = [f.fresh('there'), f.fresh('function')];
    const ptr = f.module.spell('ptr');
    if (!this.extern.params[index]?.callback?.kept) {
      const { pointer, frame } = callbackArgument(e, callee, index, operand, op);
      const given = f.emit(`select i1 ${isNull(f, operand)}, ${ptr} null, ${ptr} ${pointer}`);
      return { pointer: given, frame };
    }
    const slot = f.alloca('ptr');
    f.store('ptr', 'null', slot);
    f.condBr(isNull(f, operand), end, there);
    f.block(there);
    f.store('ptr', callbackArgument(e, callee, index, operand, op).pointer, slot);
    f.br(end);
    f.block(end);
    return { pointer: f.load('ptr', slot), frame: undefined };
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
    this.e.failUnless(fine, this.error('TypeError', problem), [], this.freeingTexts());
    if (frees) this.freed.push(operand);
  }

  private nameOf({ name }: Parameter): string {
    return `'${name}' of ${this.extern.symbol}`;
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

  /** Lets C call back; what it gives writes the end of that, and gives whether something was thrown meanwhile. */
  enter(): () => string | undefined {
    const { e, op, extern, frames } = this;
    const more = extern.callsKept ? [keptFrame(e)] : [];
    return enterCallbacks(e, op, extern, [...frames, ...more]);
  }

  /** Frees what was made for the call. */
  free(): void {
    for (const handle of this.freed) forgetHandle(this.e.f, handle);
    this.freeingTexts()();
  }

  /** Writes the freeing of the texts that there are now. */
  private freeingTexts(): () => void {
    const texts = [...this.texts];
    return () => texts.forEach((free) => free());
  }
}
