/**
 * The data structures of the IR: a module of functions whose bodies are trees
 * of structured control flow with straight-line operations as leaves.
 *
 * Values are single-assignment and typed; what changes over time lives in a
 * function's *locals* (`local.get` / `local.set`), which stand for JavaScript's
 * variables. What each operation means is told by the table in `ops.ts`.
 */

import type { FollowerInfo } from '../../runtime/manifest.ts';
import type { ErrorClass } from '../../runtime/messages.ts';
import type { Extern } from './externs.ts';
import type { HandedPlan } from './handed.ts';
import type { WirePlan } from './wire-plan.ts';
import type { OpName } from './ops.ts';

/** Machine types of values. `bool` is one bit; signedness is part of the type. */
export type IntegerType = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'i64' | 'u64';
export type FloatType = 'f32' | 'f64';
export type NumericType = IntegerType | FloatType;
export type ScalarType = 'bool' | NumericType;

/** Element kinds of typed arrays; `u8c` is Uint8ClampedArray. */
export type ElementKind = NumericType | 'u8c';
/** `buffer` is Node's Buffer (elements are `u8`); `dataview` has bytes, not elements. */
export type ViewKind = ElementKind | 'buffer' | 'dataview';
/** A reference to a view of an ArrayBuffer, compared by identity; may be null only where the IR says `null`. */
export type ViewType = `view.${ViewKind}`;
/** A reference to a record of the module (`IrModule.records`), by that record's name. */
export type RecordType = `rec.${string}`;
/**
 * A reference to a growable array. Behind the dot stands the type of its elements, with `undefined.` or
 * `null.` before it where they may be that (see `elementOf`).
 */
export type ListType = `list.${string}`;
/**
 * References to what native code allocates itself; `str` is an immutable string of UTF-16 units, `error` an Error,
 * `js` keeps a function of JavaScript.
 */
export type HeapType = RecordType | ListType | 'str' | 'error' | 'js';
/** May be null where the IR says `null`. Compared by identity, but for strings. */
export type ReferenceType = ViewType | HeapType;
export type IrType = ScalarType | ReferenceType;

/** A place in a source file. Lines and columns count from 1; `length` is in UTF-16 units and stays on the line. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export interface Value {
  /** Unique inside its function. */
  readonly id: number;
  readonly type: IrType;
  /** The source's name for it, for people who read the IR or the report. */
  hint?: string;
}

export type Constant = number | bigint | boolean;

/** Compile-time properties of an operation; which ones an operation has is told by its row in `ops.ts`. */
export interface Attributes {
  /** `const`: integers up to 32 bits and floats are numbers, i64/u64 are bigints. */
  readonly value?: Constant;
  /** `local.get`, `local.set`: the local's name. */
  readonly local?: string;
  /** `global.get`, `state.get`, `state.set`: the global's name. */
  readonly global?: string;
  /** `rec.get`, `rec.set`: the slot's name (see `slotsOf`). `error.kind`, `error.field`: the property's. */
  readonly slot?: string;
  /** `rec.is`, `error.asked`: the record's name. `error.new`: that of the class of errors whose properties the text tells. */
  readonly record?: string;
  /**
   * `str.concat`: the result is stored next where the first operand was read from, and nothing uses that
   * any more. So it may grow and be the result, where nothing else refers to it. Put in by the ownership pass.
   */
  readonly replaces?: boolean;
  /**
   * `rec.set`: the reference to what the slot held isn't dropped: it is that of a value which was read from there.
   * Put in by the ownership pass.
   */
  readonly moves?: boolean;
  /** `error.new`, `error.of`, `error.is`: the class. */
  readonly errorClass?: ErrorClass;
  /** `str.const`: the string's text. */
  readonly text?: string;
  /** `table.load`: the table's name. */
  readonly table?: string;
  /** `call`: the callee's name. */
  readonly callee?: string;
  /** `data.load`, `data.store`: byte order. */
  readonly littleEndian?: boolean;
  /** `view.kept`: the operand may be null, for which it gives null. */
  readonly absent?: boolean;
  /** `check.*`, `view.kept`: what the message calls the thing checked: an array's or a variable's name. */
  readonly subject?: string;
  /** `check.bounds`: an access that writes. */
  readonly write?: boolean;
  /** A check that the compiler has proved never to fail, kept to find out whether that is true. */
  readonly elided?: boolean;
  /**
   * `add`, `sub`, `mul`, `neg` of i64, `conv` between integers and `div` of them: the result surely is the exact number,
   * without anything modulo or a remainder. A precondition, which range analysis has proved.
   */
  readonly exact?: boolean;
  /** `parallel`: each number is worth a thread of its own, so none is tried alone first. */
  readonly eager?: boolean;
  /** `parallel`: its pieces compute places in integers, whatever the numbers of their range are. */
  readonly kernel?: boolean;
  /**
   * `view.load`, `view.store`: `region.number`, which view of a region of code it touches. Views of one
   * region with different numbers share no byte, where one of them is stored to in the region.
   */
  readonly apart?: string;
  /** `view.load`, `view.store`: in other rounds of the innermost loop around it nothing stores to the element. A precondition. */
  readonly alone?: boolean;
}

export interface Operation {
  kind: 'op';
  op: OpName;
  args: Value[];
  results: Value[];
  attributes: Attributes;
  span: Span | undefined;
}

export interface If {
  kind: 'if';
  condition: Value;
  then: Node[];
  else: Node[];
  span: Span | undefined;
}

/** Repeats its body until a `break` leaves it. */
export interface Loop {
  kind: 'loop';
  label: string;
  body: Node[];
  /** The careful copy of a loop, which is there for arguments that are hardly ever given: not worth much code. */
  rare?: boolean;
  span: Span | undefined;
}

/** Runs its body once; `break` with its label jumps behind it. */
export interface Block {
  kind: 'block';
  label: string;
  body: Node[];
  /**
   * It stands in the body of a loop, whose rounds that are still to come may compute it at the same time: it only sets
   * locals, each before it reads it, and reads what those rounds don't change. Its first operation is a `lane`.
   */
  lanes?: boolean;
  span: Span | undefined;
}

/** Leaves the enclosing block or loop of that label. */
export interface Break {
  kind: 'break';
  label: string;
  span: Span | undefined;
}

export interface Return {
  kind: 'return';
  values: Value[];
  span: Span | undefined;
}

/**
 * Runs its body. An error that is thrown in there, by an operation, a callee or a `throw`, is not thrown on:
 * the handler runs, in which `error.caught` gives it. What locals were set to before stays. Errors of
 * tsnative's own checks (`isCheck` in sites.ts) leave the whole call, as JavaScript has no such error to catch.
 */
export interface Try {
  kind: 'try';
  body: Node[];
  handler: Node[];
  /** Also errors of checks come to the handler, which has to throw them on. For what the compiler itself puts around calls. */
  all?: boolean;
  span: Span | undefined;
}

/** Throws an error that is there, such as one that was caught. */
export interface Rethrow {
  kind: 'rethrow';
  error: Value;
  span: Span | undefined;
}

export type { ErrorClass };

/**
 * `throw new errorClass(message)`: the message is the parts joined, a value
 * being converted as JavaScript's ToString does. At most four parts are values.
 */
export interface Throw {
  kind: 'throw';
  errorClass: ErrorClass;
  parts: (string | Value)[];
  /** A check of tsnative's own, where JavaScript would go on: nothing catches its error. */
  isCheck?: boolean;
  /** The id of a JavaScript function that is called with the parts, and throws in place of this; nothing catches it. */
  calls?: string;
  span: Span | undefined;
}

export type Node = Operation | If | Loop | Block | Break | Return | Throw | Try | Rethrow;

export interface Parameter {
  readonly name: string;
  readonly value: Value;
  /** It is a reference that may be null, and no tag before it tells that. */
  readonly mayBeNull?: true;
}

export interface Local {
  readonly name: string;
  readonly type: IrType;
}

export interface FunctionOptions {
  fastmath: boolean;
  bounds: 'throw' | 'js' | 'unchecked';
  overflow: 'throw' | 'unchecked';
}

export interface IrFunction {
  /** Unique in the module. Functions of the runtime's library start with `std.`. */
  name: string;
  params: Parameter[];
  /** Empty for `void`; `T | undefined` is the pair `u8` tag (see `Tag`) and `T`. */
  results: IrType[];
  locals: Local[];
  body: Node[];
  /** What is run when an error leaves the function: it releases what its locals own. Made by the ownership pass. */
  unwind?: Node[];
  options: FunctionOptions;
  /** It has no body: a call of it calls the JavaScript function that its first parameter keeps. */
  foreign?: Foreign;
  /** A call of it calls a function of C. Its body does nothing, but has an `extern.target` for each function that C may call. */
  extern?: Extern;
  span: Span | undefined;
  /** The next free value id. */
  nextValue: number;
}

/**
 * Tags of optional values: which of `T`, `undefined` and `null` one is. `missing` is in slots of members
 * that may be missing alone: the object has no such property, which reads as `undefined`.
 */
export const Tag = { value: 0, undefined: 1, null: 2, missing: 3 } as const;

/** What a function's parameter or result is to JavaScript. */
export interface BoundaryType {
  readonly type: IrType;
  /** Which of `undefined` and `null` are allowed beside `type`; then the IR has a tag before the value. */
  readonly undefined: boolean;
  readonly null: boolean;
}

/** Whether a tag stands before the value. */
export const isOptional = (type: Omit<BoundaryType, 'type'>): boolean =>
  type.undefined || type.null;

/** The types of the values that stand for something: a tag first where it may be absent, none where it is nothing. */
export const valueTypes = <T extends IrType>(
  place: Omit<BoundaryType, 'type'> & { readonly type: T | undefined },
): (T | 'u8')[] =>
  place.type === undefined ? [] : isOptional(place) ? ['u8', place.type] : [place.type];

/** Whether a parameter may be null: what may be absent stands behind a tag, or says so itself. */
export const parameterMayBeNull = (params: readonly Parameter[], index: number): boolean =>
  params[index]?.mayBeNull === true || params[index - 1]?.value.type === 'u8';

export interface BoundaryParameter extends BoundaryType {
  readonly name: string;
}

/**
 * What a JavaScript function is called with, and what it has to give: the parameters behind the first, and the
 * results, of the IR function that stands for it. TypeError or RangeError, of a check, where it gives something else.
 */
export interface Foreign {
  readonly params: readonly BoundaryType[];
  /** Undefined where nobody looks at it. */
  readonly result: BoundaryType | undefined;
}

/** A function that JavaScript can call. */
export interface IrExport {
  /** The IR function it calls. */
  readonly callee: string;
  /** The name for messages, as the source has it. */
  readonly name: string;
  readonly params: readonly BoundaryParameter[];
  /** Undefined for `void`. */
  readonly result: BoundaryType | undefined;
  /** Views that the function gives behind its result. JavaScript then gets an array of the result and these. */
  readonly more?: readonly BoundaryType[];
  readonly span: Span | undefined;
  /** It runs off the thread of JavaScript, which gets a promise. The text form leaves it out. */
  readonly isAsync?: boolean;
  /** JavaScript may end its calls by an AbortSignal, an argument behind the others. The text form leaves it out. */
  readonly signal?: FollowerInfo;
  /**
   * A function of JavaScript is told how far its calls are. It gets a typed array as its last parameter, whose only
   * element is that number; none where nobody wants to know. The text form leaves it out.
   */
  readonly progress?: FollowerInfo;
  /**
   * Where objects cross the boundary: what JavaScript calls it with, and how that travels. The other fields
   * are then about the function that takes the wire (`compiler/wire/`). The text form leaves it out.
   */
  readonly wire?: WirePlan;
  /** It is no function of the source, but gives the rest of the answer on the wire of the function of that name. */
  readonly restOf?: string;
  /** It is no function of the source, but one that the loader uses. The text form leaves it out. */
  readonly internal?: boolean;
  /** It reads a field of an instance, or sets one to its second parameter. The text form leaves it out. */
  readonly field?: 'get' | 'set';
  /** It is the loops of a function of arrays, which the compiler has written. The text form leaves it out. */
  readonly kernel?: boolean;
  /**
   * JavaScript passes one more function behind the arguments, which runs whenever a function of JavaScript that
   * native code has called is done, and throws where that has changed what native code has a copy of. The text form leaves it out.
   */
  readonly guarded?: boolean;
  /**
   * JavaScript passes one more array behind the arguments: the typed arrays inside of objects, to which those are
   * added that go back inside of objects. The text form leaves it out.
   */
  readonly views?: boolean;
  /**
   * Where there are functions of C: it comes to instances of classes that live in native memory, of which JavaScript has
   * only wrappers. The text form leaves it out.
   */
  readonly usesInstances?: boolean;
  /** It takes functions that JavaScript has made. The text form leaves it out. */
  readonly handed?: HandedPlan;
  /**
   * Its callers have asked the loader whether the typed arrays of the module's constants still are what they were
   * when they were handed over. The text form leaves it out.
   */
  readonly steady?: boolean;
  /**
   * The globals that it reads only where it has got an object that other code has made, which has them then: of modules
   * that may not be loaded. The text form leaves it out.
   */
  readonly implied?: readonly string[];
}

/** A function that C can call by its name. */
export interface IrSymbol {
  readonly symbol: string;
  /** What it begins with, before an underscore: the package's name. */
  readonly prefix: string;
  /** As the source has it, whatever travels to JavaScript. */
  readonly exported: IrExport;
}

/** A module-level constant that native code reads and JavaScript hands over after its declaration ran. */
export interface IrGlobal {
  /** Unique in the module. */
  readonly name: string;
  readonly type: IrType;
  /** JavaScript knows nothing of it: native code reads and sets it (`state.get`, `state.set`). Its type is a heap type. */
  readonly kept?: boolean;
  /** No source names it: the loader makes it, a Float64Array of that many elements (`ir/receivers.ts`). */
  readonly frame?: number;
  /** Of a typed array: how many elements it always has, where that is known. */
  readonly length?: number;
  /** JavaScript has an array of numbers, and hands over a typed array of them. */
  readonly isArray?: boolean;
  /** The source's name, for messages. */
  readonly sourceName: string;
  readonly span: Span | undefined;
}

/** The values of a property that has no others. */
export type Literals = readonly (string | number | boolean)[];

/** What tells the variants of a union apart in JavaScript's objects. */
export interface Discriminant {
  readonly member: string;
  /** The values that the member has, by the variant's index. */
  readonly literals: readonly Literals[];
}

/** A member of a record as the source has it. */
export interface RecordMember extends BoundaryType {
  readonly name: string;
  /** It is never assigned after the object was made. */
  readonly readonly?: boolean;
  /** `x?: T`: an object may have no such property, which `Object.keys` tells from one that is `undefined`. */
  readonly optional?: boolean;
  /** The only values that it has, where its type is of literals such as `'circle' | 'square'`. */
  readonly literals?: Literals;
}

/**
 * The layout of objects of one shape (`object`), of tuples of one type, or of a class's instances; or what
 * may be one of several of them (`union`), which has no layout of its own.
 */
export interface IrRecord {
  /** A word, unique in the module. */
  readonly name: string;
  /** What messages call it. */
  readonly sourceName: string;
  readonly kind: 'object' | 'tuple' | 'class' | 'union' | 'map' | 'set';
  /** In the order in which JavaScript has them; those of a tuple are called `0`, `1`, …; a class's inherited ones come first. */
  readonly members: readonly RecordMember[];
  /**
   * Native code copies its objects' properties with a spread or a rest. JavaScript would copy all that are
   * there in the order in which they are, so what comes in must have the members' names and order.
   */
  readonly spread?: boolean;
  /** `class`: the name of the record of the class that it extends. `object`: of one that has some of its members, for whose objects its own may stand. */
  readonly base?: string;
  /** `class`: JavaScript has the class too, as wrappers of instances, which cross the boundary by reference. */
  readonly wrapped?: boolean;
  /** Its objects may outlive calls, so that slots hold not views, but what keeps their typed arrays. See `kept-views.ts`. */
  readonly keeps?: boolean;
  /** `class`: an `NdArray`, which crosses the boundary by its fields, and whose typed array stays shared. */
  readonly array?: boolean;
  /** `class`: its instances are errors, and this is the class of JavaScript's that it extends in the end. */
  readonly error?: ErrorClass;
  /** `union`: the names of the records that a reference may be to; none of them is a union. */
  readonly variants?: readonly string[];
  /** `union`: it is a function type, and its variants are functions with what they capture. */
  readonly callable?: boolean;
  /** `union`: what tells its variants apart, where something does. */
  readonly discriminant?: Discriminant;
}

/** Constants that are laid down in the binary, for reading alone. Only the runtime's library has some. */
export interface IrTable {
  /** Unique in the module. Tables of the runtime's library start with `std.`. */
  readonly name: string;
  readonly type: NumericType;
  /** The elements, as `Attributes.value` has them. */
  readonly values: readonly Constant[];
}

export interface IrModule {
  records: IrRecord[];
  functions: IrFunction[];
  globals: IrGlobal[];
  exports: IrExport[];
  /** Left out where there are none. */
  tables?: IrTable[];
  /** What C can call. The text form leaves it out. */
  symbols?: readonly IrSymbol[];
}

const integers: ReadonlySet<string> = new Set<IntegerType>([
  'i8',
  'u8',
  'i16',
  'u16',
  'i32',
  'u32',
  'i64',
  'u64',
]);

export const isInteger = (type: IrType): type is IntegerType => integers.has(type);
export const isFloat = (type: IrType): type is FloatType => type === 'f32' || type === 'f64';
export const isNumeric = (type: IrType): type is NumericType => isInteger(type) || isFloat(type);
export const isScalar = (type: IrType): type is ScalarType => type === 'bool' || isNumeric(type);
export const isView = (type: IrType): type is ViewType => type.startsWith('view.');
export const isRecord = (type: IrType): type is RecordType => type.startsWith('rec.');
export const isList = (type: IrType): type is ListType => type.startsWith('list.');
export const isHeap = (type: IrType): type is HeapType =>
  type === 'str' || type === 'error' || type === 'js' || isRecord(type) || isList(type);
export const isReference = (type: IrType): type is ReferenceType => !isScalar(type);
/** What can cross the boundary to JavaScript as it is. @throws Error for a heap type, which the wire carries */
export function plainType(type: IrType): ScalarType | ViewType {
  if (isHeap(type)) throw new Error(`a ${type} can't cross the boundary as it is`);
  return type;
}
export const isSigned = (type: IntegerType): boolean => type.startsWith('i');
/** Width in bits. */
export const bitWidth = (type: ScalarType): number => (type === 'bool' ? 1 : Number(type.slice(1)));

/** The integers a type holds, both ends included. */
export function integerBounds(type: IntegerType): { min: bigint; max: bigint } {
  const width = BigInt(bitWidth(type));
  return isSigned(type)
    ? { min: -(1n << (width - 1n)), max: (1n << (width - 1n)) - 1n }
    : { min: 0n, max: (1n << width) - 1n };
}

export const viewKind = (type: ViewType): ViewKind => type.slice(5) as ViewKind;

/** The type of a view's elements as values; a DataView's are its bytes. */
export function elementType(kind: ViewKind): NumericType {
  return kind === 'u8c' || kind === 'buffer' || kind === 'dataview' ? 'u8' : kind;
}

/** Size of an element in bytes. */
export const elementSize = (kind: ViewKind): number => bitWidth(elementType(kind)) / 8;

/** The name of JavaScript's class for a view kind. */
export const viewClass: Readonly<Record<ViewKind, string>> = {
  i8: 'Int8Array',
  u8: 'Uint8Array',
  u8c: 'Uint8ClampedArray',
  i16: 'Int16Array',
  u16: 'Uint16Array',
  i32: 'Int32Array',
  u32: 'Uint32Array',
  i64: 'BigInt64Array',
  u64: 'BigUint64Array',
  f32: 'Float32Array',
  f64: 'Float64Array',
  buffer: 'Buffer',
  dataview: 'DataView',
};
