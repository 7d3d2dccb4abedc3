/** Calls of C's functions: what C gets is made of the operands, and then there is the call itself and nothing else. */
import { isArrayLeaf, type CLayout, type CStruct } from '../../ir/c-structs.ts';
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
import type { LlvmType } from '../writer.ts';
import { passingOf, Registers, returningOf, type Piece } from './by-value.ts';
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
import { fillArrays, fillImage, layoutFor, leavesFrom, newImage, wordsOf } from './structures.ts';
import { callC, librariesOf, type CCallee } from './symbols.ts';
import { textFromC, textToC } from './text.ts';

/** What C gets as an argument. */
interface Argument {
  readonly c: CType;
  readonly value: string;
  /** Written behind the call, in the order of the arguments; gives what is a result of the IR function. */
  after?(): string | undefined;
  /** The same of what is written last, and may throw: all results that a structure's copy gives. */
  last?(): readonly string[];
}

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

/** What LLVM gives a structure as. */
const typeOfPieces = (pieces: readonly Piece[]): LlvmType => {
  const [first, second] = pieces;
  if (!first) throw new Error('C gives something');
  return second ? `{ ${first.type}, ${second.type} }` : first.type;
};

/** A typed operand's type, and the operand. */
const splitAt = (typed: string): [type: string, operand: string] => {
  const at = typed.lastIndexOf(' ');
  return [typed.slice(0, at), typed.slice(at + 1)];
};

class ExternCall {
  private readonly e: FunctionEmission;
  private readonly op: Operation;
  private readonly callee: IrFunction;
  private readonly extern: Extern;
  /** What is to be freed behind the call, and where the arguments behind it can't be made. */
  private readonly texts: (() => void)[] = [];
  private readonly frames: (() => string | undefined)[] = [];
  private readonly freed: string[] = [];
  /** What System V's arguments have left of the registers. */
  private readonly registers = new Registers();
  /** The texts of structures that C has given. */
  private readonly made: string[] = [];
  /** The memory of a structure that C gives. */
  private given: { readonly image: string; readonly layout: CLayout } | undefined;
  private arraysOfResult: ReadonlyMap<number, Value> = new Map();

  constructor(e: FunctionEmission, op: Operation, callee: IrFunction, extern: Extern) {
    this.e = e;
    this.op = op;
    this.callee = callee;
    this.extern = extern;
  }

  arguments(): Argument[] {
    const { extern, op, callee, registers } = this;
    let at = 0;
    const args = extern.params.flatMap((param, index) => {
      const there = param.optional ? op.args[at++] : undefined;
      const own = callee.params.slice(at, at + valuesOfExtern({ ...param, optional: false }));
      const values = op.args.slice(at, at + own.length);
      at += own.length;
      const [parameter, value] = [own[0], values[0]];
      if (!parameter || !value) throw new Error(`${callee.name}: an argument is missing`);
      if (param.struct)
        return this.structure({ ...param, struct: param.struct }, own, values, there);
      const argument = this.argument(param, parameter, value, there, index);
      registers.take(argument.c.type);
      return [argument];
    });
    return [...this.placeOfResult(op.args.slice(at)), ...args];
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

  /** A copy of a structure; what C has changed comes back where C gets a pointer. */
  private structure(
    param: ExternParameter & { readonly struct: CStruct },
    own: readonly Parameter[],
    values: readonly Value[],
    there: Value | undefined,
  ): Argument[] {
    const { e, op, extern } = this;
    const { f } = e;
    const layout = layoutFor(e, param.struct);
    const image = newImage(e, layout);
    const nameOf = (path: readonly string[]): string =>
      `'${own[layout.leaves.findIndex((one) => one.path === path)]?.name}' of ${extern.symbol} of the library ${extern.library}`;
    this.ifThere(there, () =>
      fillImage(e, op, image, layout, values, { nameOf, undo: this.undo() }),
    );
    // Frames are entered in any case.
    const functions = layout.leaves.flatMap(({ leaf, offset }, index) =>
      leaf.kind === 'function' ? [{ offset, value: values[index], name: own[index]?.name }] : [],
    );
    functions.forEach(({ offset, value, name }, index) => {
      const callback = param.functions?.[index]?.callback;
      if (!callback) throw new Error(`${name} has no function`);
      const pointer = this.callback(callback, name ?? '', e.operand(value));
      f.store('ptr', pointer, f.offset(image, offset));
    });
    if (param.byValue) return this.byValue(image, layout);
    this.registers.take('ptr');
    const ptr = f.module.spell('ptr');
    const pointer = there
      ? f.emit(`select i1 ${e.operand(there)}, ${ptr} ${image}, ${ptr} null`)
      : image;
    const arrays = new Map(values.map((value, index) => [index, value]));
    const last = (): readonly string[] => {
      if (param.readonly) return [];
      this.ifThere(there, () => fillArrays(e, image, layout, arrays));
      return leavesFrom(e, op, image, layout, this.made);
    };
    return [{ c: cPointer, value: pointer, last }];
  }

  private byValue(image: string, layout: CLayout): Argument[] {
    const { f } = this.e;
    const passing = passingOf(this.e.module.triple, layout, this.registers);
    if (passing.kind === 'pieces')
      return passing.pieces.map(({ offset, type }) => ({
        c: { type, attribute: '' },
        value: f.load(type, f.offset(image, offset)),
      }));
    if (!passing.copied) return [{ c: cPointer, value: image }];
    return [this.inMemory(image, layout, 'byval')];
  }

  /** The address of a structure, which LLVM has to know the size of. */
  private inMemory(image: string, { size }: CLayout, what: 'byval' | 'sret'): Argument {
    const { f } = this.e;
    const words = wordsOf(size);
    const [type = '', value = ''] = splitAt(f.typedPointer(words, image));
    return { c: { type, attribute: ` ${what}(${words}) align 8` }, value };
  }

  /** Writes what needs a structure that may be absent. */
  private ifThere(there: Value | undefined, write: () => void): void {
    const { e } = this;
    const { f } = e;
    if (!there) return write();
    const [some, end] = [f.fresh('some'), f.fresh('end')];
    f.condBr(e.operand(there), some, end);
    f.block(some);
    write();
    f.br(end);
    f.block(end);
  }

  /** Where C puts a structure that it gives, if that is no register. @param arrays those that are in it */
  private placeOfResult(arrays: readonly Value[]): Argument[] {
    const { given } = this;
    if (!given) return [];
    const { e } = this;
    const rest = [...arrays];
    const own = given.layout.leaves.flatMap(({ leaf }, index) => {
      const array = isArrayLeaf(leaf) ? rest.shift() : undefined;
      return array ? [[index, array] as const] : [];
    });
    this.arraysOfResult = new Map(own);
    return returningOf(e.module.triple, given.layout)
      ? []
      : [this.inMemory(given.image, given.layout, 'sret')];
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
    const { e, extern, op } = this;
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
      case 'struct': {
        const layout = layoutFor(e, this.structOfResult());
        this.given = { image: newImage(e, layout), layout };
        const pieces = returningOf(e.module.triple, layout);
        // The place for it is the first argument.
        if (!pieces) this.registers.take('ptr');
        return pieces && { type: typeOfPieces(pieces), attribute: '' };
      }
    }
  }

  private structOfResult(): CStruct {
    const struct = this.extern.result?.struct;
    if (!struct) throw new Error(`${this.callee.name} gives no structure`);
    return struct;
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
        return this.receivedStructure(given);
    }
  }

  private receivedStructure(given: string): readonly string[] {
    const { e, op } = this;
    const { f } = e;
    if (!this.given) throw new Error('nothing was prepared');
    const { image, layout } = this.given;
    const pieces = returningOf(e.module.triple, layout) ?? [];
    pieces.forEach(({ offset, type }, index) => {
      const whole = typeOfPieces(pieces);
      const piece =
        pieces.length === 1
          ? given
          : f.emit(`extractvalue ${f.module.spell(whole)} ${given}, ${index}`);
      f.store(type, piece, f.offset(image, offset));
    });
    fillArrays(e, image, layout, this.arraysOfResult);
    return leavesFrom(e, op, image, layout, this.made);
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
