/**
 * The table of operations. A row says all that any phase must know about an
 * operation: its operand and result types, its effects, how it folds, and in
 * words what it does. Verifier, interpreter, printer, optimiser and emitter
 * are driven by it.
 *
 * Operand types are written as classes (`numeric`, `integer`, …) or as `T`: the
 * type that the first `T` operand has, which the row's `T` class bounds.
 * A result is `T`, a fixed type, or `attribute`: chosen by whoever creates it.
 */
import {
  clampToUint8,
  fitsInteger,
  leadingZeros,
  normalize,
  reinterpret,
  swapBytes,
  toIntegerModulo,
  wrap,
} from './scalars.ts';
import { bitWidth, type Constant, type IrType, type ScalarType } from './types.ts';

export type TypeClass =
  | 'any'
  | 'scalar'
  | 'numeric'
  | 'integer'
  | 'float'
  | 'bits'
  | 'reference'
  | 'view'
  | 'array'
  | 'record'
  | 'list';

export type OperandType = IrType | 'T' | TypeClass;
export type ResultType = IrType | 'T' | 'none' | 'attribute';

/**
 * - `none`: the result depends on the operands alone; may be moved, merged, dropped.
 * - `read`: also on array contents or locals; may be dropped when unused.
 * - `write`: changes array contents or locals.
 * - `throw`: may leave the function with an error; order against other effects stays.
 * - `allocate`: makes a new object; may throw.
 * - `call`: whatever the callee does.
 */
export type Effect = 'none' | 'read' | 'write' | 'throw' | 'allocate' | 'call';

export interface OpInfo {
  /** The class that bounds `T`. */
  readonly T?: TypeClass;
  readonly operands: readonly OperandType[];
  readonly result: ResultType;
  readonly effect: Effect;
  /** Names of the attributes that must be there. */
  readonly attributes?: readonly string[];
  /** Which operands it takes over a reference of, if they are references; it gives them back when it throws. */
  readonly takes?: readonly number[] | 'all';
  /**
   * The result for constant operands (in the representation of `Attributes.value`), or
   * undefined where it can't be folded. `type` is the type of the first operand,
   * `result` that of the result.
   */
  readonly fold?: (
    args: readonly Constant[],
    type: ScalarType,
    result: ScalarType,
  ) => Constant | undefined;
  readonly doc: string;
}

const pure = (
  T: TypeClass | undefined,
  operands: readonly OperandType[],
  result: ResultType,
  doc: string,
  fold: OpInfo['fold'],
): OpInfo => ({ ...(T && { T }), operands, result, effect: 'none', doc, ...(fold && { fold }) });

/** @param values the types of what the element is changed by */
const atomic = (values: readonly OperandType[], doc: string): OpInfo => ({
  T: 'array',
  operands: ['T', 'i64', ...values],
  result: 'attribute',
  effect: 'write',
  doc,
});

type Fold = (a: Constant, b: Constant, type: ScalarType) => Constant | undefined;

/** Folds an operation that has one formula for floats and one for integers. */
const arithmetic =
  (
    float: (a: number, b: number) => number,
    integer: (a: bigint, b: bigint, type: ScalarType) => bigint | undefined,
  ) =>
  (args: readonly Constant[], type: ScalarType): Constant | undefined => {
    const [a = 0, b = 0] = args;
    if (type === 'f64' || type === 'f32') return normalize(type, float(Number(a), Number(b)));
    const exact = integer(BigInt(a), BigInt(b), type);
    return exact === undefined ? undefined : wrap(type, exact);
  };

/** What integer `div` and `rem` require: the machine's instructions trap where it doesn't hold. */
const divides = (a: bigint, b: bigint, type: ScalarType): boolean =>
  b !== 0n && fitsInteger(type, a / b);

const bitwise =
  (integer: (a: bigint, b: bigint) => bigint): NonNullable<OpInfo['fold']> =>
  ([a = 0, b = 0], type) => {
    const bits = integer(BigInt(a), BigInt(b));
    return type === 'bool' ? (bits & 1n) === 1n : wrap(type, bits);
  };

const compare =
  (test: (a: Constant, b: Constant) => boolean): NonNullable<OpInfo['fold']> =>
  ([a = 0, b = 0]) =>
    test(a, b);

const rounding =
  (round: (a: number) => number): NonNullable<OpInfo['fold']> =>
  ([a = 0], type) =>
    normalize(type, round(Number(a)));

/** The count of a shift, reduced modulo the width as the operation defines. */
const shiftCount = (type: ScalarType, count: bigint): bigint =>
  BigInt.asUintN(64, count) % BigInt(bitWidth(type));

const shift =
  (by: (value: bigint, count: bigint) => bigint): Fold =>
  (a, b, type) =>
    wrap(type, by(BigInt(a), shiftCount(type, BigInt(b))));

const exactly =
  (integer: (a: bigint, b: bigint) => bigint): NonNullable<OpInfo['fold']> =>
  ([a = 0, b = 0], type) => {
    const exact = integer(BigInt(a), BigInt(b));
    return fitsInteger(type, exact) ? wrap(type, exact) : undefined;
  };

const throwing = (
  T: TypeClass | undefined,
  operands: readonly OperandType[],
  result: ResultType,
  doc: string,
  fold?: OpInfo['fold'],
  attributes?: readonly string[],
): OpInfo => ({
  ...(T && { T }),
  operands,
  result,
  effect: 'throw',
  doc,
  ...(fold && { fold }),
  ...(attributes && { attributes }),
});

export const ops = {
  // Constants, variables, calls
  const: {
    operands: [],
    result: 'attribute',
    effect: 'none',
    attributes: ['value'],
    doc: 'A scalar constant.',
  },
  null: {
    operands: [],
    result: 'attribute',
    effect: 'none',
    doc: 'The reference to nothing: it stands beside a tag other than "value", and for an absent member or element that is kept without a tag.',
  },
  'is.null': {
    operands: ['reference'],
    result: 'bool',
    effect: 'none',
    doc: 'It is the reference to nothing.',
  },
  'ref.hash': {
    operands: ['reference'],
    result: 'i32',
    effect: 'none',
    doc: 'A number that an object, which is not null and no string, keeps as long as it lives; others may have the same.',
  },
  'local.get': {
    operands: [],
    result: 'attribute',
    effect: 'read',
    attributes: ['local'],
    doc: 'What a local holds. A local starts as 0, false or null.',
  },
  'local.set': {
    operands: ['any'],
    result: 'none',
    effect: 'write',
    attributes: ['local'],
    doc: 'Makes a local hold the operand, which has the type of the local.',
  },
  'global.get': {
    operands: [],
    result: 'attribute',
    effect: 'read',
    attributes: ['global'],
    doc: 'A module constant, which cannot change while native code runs.',
  },
  'state.get': {
    operands: [],
    result: 'attribute',
    effect: 'read',
    attributes: ['global'],
    doc: 'What native code itself keeps between calls in a global that is `kept`; null at first.',
  },
  'state.set': {
    operands: ['reference'],
    result: 'none',
    effect: 'write',
    attributes: ['global'],
    takes: [0],
    doc: 'Makes a `kept` global hold the operand, of which it takes over a reference, and drops the reference to what it held.',
  },
  'table.load': {
    operands: ['i64'],
    result: 'attribute',
    effect: 'read',
    attributes: ['table'],
    doc: "The element of a constant table at an index, which must be within it; the result has the table's type.",
  },
  call: {
    operands: [],
    result: 'attribute',
    effect: 'call',
    attributes: ['callee'],
    doc: "Calls a function of the module with operands of its parameters' types; results as it has. Throws what it throws.",
  },
  parallel: {
    operands: ['i64'],
    result: 'none',
    effect: 'call',
    attributes: ['callee'],
    doc: 'Calls a function of the module, whose first two parameters are the ends of a range, for ranges that together are 0 to below the first operand, with the other operands behind them: perhaps at the same time on several threads, so that no two numbers of the range may touch the same memory, but to read it. Throws what it throws for the lowest number.',
  },

  // Functions of C
  'extern.target': {
    operands: [],
    result: 'none',
    effect: 'call',
    attributes: ['callee'],
    doc: 'In the body of a function of C: it may call that function of the module. It does nothing.',
  },
  'extern.errno': {
    operands: [],
    result: 'i32',
    effect: 'read',
    doc: 'What C has left in `errno` with the last call of a function with `errno`; 0 where there was none.',
  },
  'extern.text': {
    operands: ['u64'],
    result: 'str',
    effect: 'allocate',
    doc: 'The text in UTF-8 from an address, which is not 0, on up to a 0. RangeError where there is no memory.',
  },
  'memory.load': {
    operands: ['u64'],
    result: 'attribute',
    effect: 'read',
    doc: 'The number at an address of C’s memory, unaligned.',
  },
  'memory.store': {
    operands: ['u64', 'numeric'],
    result: 'none',
    effect: 'write',
    doc: 'Sets the number at an address of C’s memory, unaligned.',
  },
  'view.address': {
    operands: ['view'],
    result: 'u64',
    effect: 'read',
    takes: [0],
    doc: 'The address of the first byte of a view, of which it takes over a reference, so that it stays as long as the call from JavaScript lasts.',
  },

  // Arithmetic: integers modulo 2^width, floats as IEEE 754 with ties to even
  add: pure(
    'numeric',
    ['T', 'T'],
    'T',
    'Sum.',
    arithmetic(
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  ),
  sub: pure(
    'numeric',
    ['T', 'T'],
    'T',
    'Difference.',
    arithmetic(
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  ),
  mul: pure(
    'numeric',
    ['T', 'T'],
    'T',
    'Product.',
    arithmetic(
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  ),
  'mul.high': pure(
    'integer',
    ['T', 'T'],
    'T',
    'The upper half of the product, which has twice as many bits.',
    ([a = 0, b = 0], type) => wrap(type, (BigInt(a) * BigInt(b)) >> BigInt(bitWidth(type))),
  ),
  div: pure(
    'numeric',
    ['T', 'T'],
    'T',
    'Quotient; of integers the truncated one, which requires b ≠ 0 and not (a = smallest, b = −1).',
    arithmetic(
      (a, b) => a / b,
      (a, b, type) => (divides(a, b, type) ? a / b : undefined),
    ),
  ),
  rem: pure(
    'numeric',
    ['T', 'T'],
    'T',
    "Remainder with the dividend's sign, exact (C's fmod); integers require b ≠ 0 and not (a = smallest, b = −1).",
    arithmetic(
      (a, b) => a % b,
      (a, b, type) => (divides(a, b, type) ? a % b : undefined),
    ),
  ),
  neg: pure(
    'numeric',
    ['T'],
    'T',
    'Negation; of a float it flips the sign bit.',
    arithmetic(
      (a) => -a,
      (a) => -a,
    ),
  ),
  'add.exact': throwing(
    'integer',
    ['T', 'T'],
    'T',
    'Sum; RangeError where T cannot hold it.',
    exactly((a, b) => a + b),
  ),
  'sub.exact': throwing(
    'integer',
    ['T', 'T'],
    'T',
    'Difference; RangeError where T cannot hold it.',
    exactly((a, b) => a - b),
  ),
  'mul.exact': throwing(
    'integer',
    ['T', 'T'],
    'T',
    'Product; RangeError where T cannot hold it.',
    exactly((a, b) => a * b),
  ),

  // Bits
  and: pure(
    'bits',
    ['T', 'T'],
    'T',
    'Bitwise and; of bools, logical.',
    bitwise((a, b) => a & b),
  ),
  or: pure(
    'bits',
    ['T', 'T'],
    'T',
    'Bitwise or; of bools, logical.',
    bitwise((a, b) => a | b),
  ),
  xor: pure(
    'bits',
    ['T', 'T'],
    'T',
    'Bitwise exclusive or; of bools, inequality.',
    bitwise((a, b) => a ^ b),
  ),
  not: pure(
    'bits',
    ['T'],
    'T',
    'Complement; of a bool, logical not.',
    bitwise((a) => ~a),
  ),
  shl: pure(
    'integer',
    ['T', 'T'],
    'T',
    'Shift left by b modulo the width.',
    ([a = 0, b = 0], type) => shift((value, count) => value << count)(a, b, type),
  ),
  shr: pure(
    'integer',
    ['T', 'T'],
    'T',
    'Shift right by b modulo the width; signed types copy the sign bit, unsigned shift zeros in.',
    ([a = 0, b = 0], type) => shift((value, count) => value >> count)(a, b, type),
  ),
  clz: pure(
    'integer',
    ['T'],
    'T',
    'Zero bits above the highest one bit; the width for 0.',
    ([a = 0], type) => leadingZeros(type, a),
  ),
  bswap: pure('integer', ['T'], 'T', 'The bytes in reverse order.', ([a = 0], type) =>
    swapBytes(type, a),
  ),
  bits: {
    ...pure(
      'numeric',
      ['T'],
      'attribute',
      'The same bits as another type of the same width.',
      ([a = 0], type, result) => reinterpret(type, result, a),
    ),
  },

  // Comparison
  eq: pure(
    'any',
    ['T', 'T'],
    'bool',
    'Equal; NaN equals nothing, −0 equals 0, strings are equal when their units are, other references when they are to one object.',
    compare((a, b) => a === b),
  ),
  ne: pure(
    'any',
    ['T', 'T'],
    'bool',
    'Not `eq`.',
    compare((a, b) => a !== b),
  ),
  lt: pure(
    'numeric',
    ['T', 'T'],
    'bool',
    'Less; false with NaN.',
    compare((a, b) => a < b),
  ),
  le: pure(
    'numeric',
    ['T', 'T'],
    'bool',
    'Less or equal; false with NaN.',
    compare((a, b) => a <= b),
  ),
  gt: pure(
    'numeric',
    ['T', 'T'],
    'bool',
    'Greater; false with NaN.',
    compare((a, b) => a > b),
  ),
  ge: pure(
    'numeric',
    ['T', 'T'],
    'bool',
    'Greater or equal; false with NaN.',
    compare((a, b) => a >= b),
  ),
  select: {
    T: 'any',
    operands: ['bool', 'T', 'T'],
    result: 'T',
    effect: 'none',
    doc: 'b where a holds, else c; both are there already.',
    fold: ([condition, b, c]) => (condition ? b : c),
  },

  // Floats, and min/max of any numbers
  abs: pure('float', ['T'], 'T', 'Clears the sign bit.', rounding(Math.abs)),
  copysign: pure('float', ['T', 'T'], 'T', "a with b's sign bit.", ([a = 0, b = 0], type) => {
    const negative = Number(b) < 0 || Object.is(b, -0);
    return normalize(type, negative ? -Math.abs(Number(a)) : Math.abs(Number(a)));
  }),
  floor: pure('float', ['T'], 'T', 'Largest integer not above; keeps −0.', rounding(Math.floor)),
  ceil: pure(
    'float',
    ['T'],
    'T',
    'Smallest integer not below; gives −0 on (−1, −0].',
    rounding(Math.ceil),
  ),
  trunc: pure(
    'float',
    ['T'],
    'T',
    'The integer part, with its sign, also of −0.',
    rounding(Math.trunc),
  ),
  sqrt: pure(
    'float',
    ['T'],
    'T',
    'Square root, correctly rounded; NaN below −0.',
    rounding(Math.sqrt),
  ),
  min: pure(
    'numeric',
    ['T', 'T'],
    'T',
    'Smaller; NaN if either is, −0 below 0 (ECMA-262 21.3.2.25).',
    arithmetic(Math.min, (a, b) => (a < b ? a : b)),
  ),
  max: pure(
    'numeric',
    ['T', 'T'],
    'T',
    'Larger; NaN if either is, 0 above −0 (ECMA-262 21.3.2.24).',
    arithmetic(Math.max, (a, b) => (a > b ? a : b)),
  ),

  // Conversions
  conv: {
    ...pure(
      'scalar',
      ['T'],
      'attribute',
      'Between integers: modulo 2^width. Integer or bool to float, float to float: nearest, ties to even. Bool to integer: 0 or 1. Not from float to integer.',
      ([a = 0], _type, result) => normalize(result, a),
    ),
  },
  toint: {
    ...pure(
      'float',
      ['T'],
      'attribute',
      'Truncated, modulo 2^width of the integer result; NaN and infinities give 0 (ECMA-262 7.1.6 ToInt32 and its kin).',
      ([a = 0], _type, result) => toIntegerModulo(result, Number(a)),
    ),
  },
  fptoint: {
    ...pure(
      'float',
      ['T'],
      'attribute',
      'The same number as an integer; requires that it is one the result type holds (−0 counts as 0).',
      ([a = 0], _type, result) => (fitsInteger(result, a) ? wrap(result, BigInt(a)) : undefined),
    ),
  },
  clamp8: pure(
    'float',
    ['T'],
    'u8',
    'Nearest of 0…255, halves to even, NaN gives 0 (ECMA-262 7.1.12 ToUint8Clamp).',
    ([a = 0]) => clampToUint8(Number(a)),
  ),
  'in.bounds': {
    ...pure(
      'numeric',
      ['T', 'i64'],
      'bool',
      'For an index and a length: the index is an integer (−0 counts as 0) with 0 ≤ a < b.',
      ([a = 0, b = 0]) => fitsInteger('i64', a) && BigInt(a) >= 0n && BigInt(a) < BigInt(b),
    ),
  },

  // Checks
  'check.range': throwing(
    'numeric',
    ['T'],
    'attribute',
    'The same number in an integer type; RangeError where that type cannot hold it exactly (−0 counts as 0).',
    ([a = 0], _type, result) => (fitsInteger(result, a) ? wrap(result, BigInt(a)) : undefined),
    ['subject'],
  ),
  'check.bounds': throwing(
    'numeric',
    ['T', 'i64'],
    'i64',
    'The index a as an integer with 0 ≤ a < b (−0 counts as 0); RangeError with index and length where it is none.',
    ([a = 0, b = 0]) =>
      fitsInteger('i64', a) && BigInt(a) >= 0n && BigInt(a) < BigInt(b) ? BigInt(a) : undefined,
    ['subject'],
  ),
  'check.stack': throwing(
    undefined,
    [],
    'none',
    'RangeError "Maximum call stack size exceeded" where the stack is nearly used up.',
  ),

  lane: {
    T: 'integer',
    operands: ['T', 'T'],
    result: 'T',
    effect: 'read',
    doc: 'The first operand: the counter of a loop, which counts up by 1 to below the second. Where a `block lanes` computes several rounds at the same time, those of all of them.',
  },

  'check.ended': throwing(
    undefined,
    [],
    'none',
    'An error that nothing catches where the end of the call was asked for. The interpreter never ends one.',
  ),

  'progress.to': {
    operands: ['view.f64'],
    result: 'none',
    effect: 'write',
    doc: 'Has the call leave how far it is in the element of an array, or nowhere if that has none.',
  },
  'progress.wanted': {
    operands: [],
    result: 'bool',
    effect: 'read',
    doc: 'Whether JavaScript wants to know how far the call is, after `progress.to`. Of the interpreter it never does.',
  },
  'progress.tell': {
    operands: ['f64'],
    result: 'none',
    effect: 'write',
    doc: 'Leaves a number for JavaScript that says how far the call is; inside of a parallel region where it is above the last one alone. Needs `progress.to` and `progress.wanted`.',
  },

  // Views. Lengths, indices and offsets are i64 in elements, or bytes where said
  'view.length': {
    T: 'view',
    operands: ['T'],
    result: 'i64',
    effect: 'none',
    doc: 'Elements of a view; bytes of a DataView. Cannot change while native code runs.',
  },
  'view.byteOffset': {
    T: 'view',
    operands: ['T'],
    result: 'i64',
    effect: 'none',
    doc: 'Where the view starts in its buffer, in bytes.',
  },
  'view.load': {
    T: 'array',
    operands: ['T', 'i64'],
    result: 'attribute',
    effect: 'read',
    doc: "The element at an index, which must be within bounds; the result has the elements' type.",
  },
  'view.store': {
    T: 'array',
    operands: ['T', 'i64', 'numeric'],
    result: 'none',
    effect: 'write',
    doc: "Sets the element at an index, which must be within bounds; the value has the elements' type.",
  },
  'atomic.load': atomic(
    [],
    'The element at an index, which must be within bounds. As all operations with `atomic` it happens at once, in one order with those of other threads that all see, and on arrays of integers alone.',
  ),
  'atomic.store': {
    T: 'array',
    operands: ['T', 'i64', 'integer'],
    result: 'none',
    effect: 'write',
    doc: 'Sets the element at an index, which must be within bounds.',
  },
  'atomic.add': atomic(['integer'], 'Adds to an element, modulo; gives what was there.'),
  'atomic.sub': atomic(['integer'], 'Subtracts from an element, modulo; gives what was there.'),
  'atomic.and': atomic(['integer'], 'Keeps the bits of an element; gives what was there.'),
  'atomic.or': atomic(['integer'], 'Sets bits of an element; gives what was there.'),
  'atomic.xor': atomic(['integer'], 'Turns bits of an element; gives what was there.'),
  'atomic.exchange': atomic(['integer'], 'Sets an element; gives what was there.'),
  'atomic.compareExchange': atomic(
    ['integer', 'integer'],
    'Sets an element to the last operand where it is the third one; gives what was there.',
  ),
  'data.load': {
    operands: ['view.dataview', 'i64'],
    result: 'attribute',
    effect: 'read',
    attributes: ['littleEndian'],
    doc: 'The number at a byte offset of a DataView, unaligned; all its bytes must be within bounds.',
  },
  'data.store': {
    operands: ['view.dataview', 'i64', 'numeric'],
    result: 'none',
    effect: 'write',
    attributes: ['littleEndian'],
    doc: 'Sets the number at a byte offset of a DataView, unaligned; all its bytes must be within bounds.',
  },
  'data.text': {
    operands: ['view.dataview', 'i64', 'i64', 'bool'],
    result: 'str',
    effect: 'allocate',
    doc: 'The string whose units stand at the byte offset b of a DataView: c units, of two bytes each (little-endian, at an even address) where d holds, else of one; all must be within bounds. RangeError where there is no memory.',
  },
  'view.new': {
    operands: ['i64'],
    result: 'attribute',
    effect: 'allocate',
    doc: 'A view of a new buffer of zeros, with that many elements (≥ 0); RangeError "Array buffer allocation failed" where there is no memory.',
  },
  'view.sub': {
    T: 'array',
    operands: ['T', 'i64', 'i64'],
    result: 'T',
    effect: 'allocate',
    doc: 'A new view of the same buffer from an index with that many elements; all must be within bounds.',
  },
  'view.move': {
    operands: ['array', 'i64', 'array', 'i64', 'i64'],
    result: 'none',
    effect: 'write',
    doc: 'Copies bytes as memmove does: to a from index b on, out of c from index d on, e elements. Both have elements of one size; all must be within bounds.',
  },
  'view.sameBuffer': {
    operands: ['view', 'view'],
    result: 'bool',
    effect: 'none',
    doc: 'Both are views of one buffer.',
  },
  'view.given': {
    operands: ['i64'],
    result: 'attribute',
    effect: 'read',
    doc: 'The view of that number among those that JavaScript passed inside objects (`IrExport.views`).',
  },
  'view.number': {
    T: 'view',
    operands: ['T'],
    result: 'i64',
    effect: 'throw',
    doc: 'The number of a view that goes to JavaScript inside an object: of one that was passed so, its own, of another the next one, which it keeps. RangeError where there is no memory.',
  },
  'view.keep': {
    operands: ['view'],
    result: 'js',
    effect: 'allocate',
    doc: 'What keeps the typed array of a view beyond the call, for `view.kept`; of null it is null. RangeError where there is no memory.',
  },
  'view.kept': {
    operands: ['js'],
    result: 'attribute',
    effect: 'throw',
    attributes: ['subject'],
    doc: "This call's view of a typed array that is kept, the same one each time but behind a call of JavaScript that has called native code. TypeError where its buffer is detached or too small by now, or nothing is kept and that may not be.",
  },
  'view.apart': {
    operands: ['view', 'view'],
    result: 'bool',
    effect: 'none',
    doc: 'No byte belongs to both.',
  },

  // Records: objects of a fixed shape, tuples, instances of classes
  'rec.new': {
    operands: [],
    result: 'attribute',
    effect: 'allocate',
    takes: 'all',
    doc: 'A new object; the operands are the values of its slots in their order (see `slotsOf`), or there are none: then all are 0, false or null. It takes over a reference of each operand. RangeError where there is no memory.',
  },
  'rec.get': {
    T: 'record',
    operands: ['T'],
    result: 'attribute',
    effect: 'read',
    attributes: ['slot'],
    doc: "What a slot holds; the result has the slot's type. The object is not null, its record no union.",
  },
  'rec.set': {
    T: 'record',
    operands: ['T', 'any'],
    result: 'none',
    effect: 'write',
    attributes: ['slot'],
    takes: [1],
    doc: 'Makes a slot hold the second operand, of which it takes over a reference, and drops the reference to what it held, unless it `moves` that. The object is not null, its record no union.',
  },
  'rec.is': {
    T: 'record',
    operands: ['T'],
    result: 'bool',
    effect: 'none',
    attributes: ['record'],
    doc: 'The object, which is not null, is one of that record: it, a class that extends it, or a variant of it.',
  },
  'rec.as': {
    T: 'record',
    operands: ['T'],
    result: 'attribute',
    effect: 'none',
    doc: 'The same reference, which may be null, as one to another record; the object is one of that.',
  },

  // Lists: growable arrays. Lengths and indices are i64
  'list.new': {
    operands: ['i64'],
    result: 'attribute',
    effect: 'allocate',
    doc: 'A new list without elements and with room for that many (≥ 0). RangeError where there is no memory.',
  },
  'list.length': {
    T: 'list',
    operands: ['T'],
    result: 'i64',
    effect: 'read',
    doc: 'How many elements there are.',
  },
  'list.load': {
    T: 'list',
    operands: ['T', 'i64'],
    result: 'attribute',
    effect: 'read',
    doc: "The element at an index, which must be within bounds; the result has the elements' type.",
  },
  'list.store': {
    T: 'list',
    operands: ['T', 'i64', 'any'],
    result: 'none',
    effect: 'write',
    takes: [2],
    doc: 'Sets the element at an index, which must be within bounds, takes over a reference of the value, and drops that to the old one.',
  },
  'list.push': {
    T: 'list',
    operands: ['T', 'any'],
    result: 'none',
    effect: 'throw',
    takes: [1],
    doc: 'Appends an element and takes over a reference of it. RangeError where there is no memory.',
  },
  'list.extend': {
    T: 'list',
    operands: ['T', 'i64'],
    result: 'none',
    effect: 'throw',
    doc: 'Appends that many elements (≥ 0), each 0, false or null. RangeError where there is no memory.',
  },
  'list.truncate': {
    T: 'list',
    operands: ['T', 'i64'],
    result: 'none',
    effect: 'write',
    doc: 'Drops the elements from an index on, which is at most the length.',
  },
  'list.view': {
    T: 'list',
    operands: ['T'],
    result: 'attribute',
    effect: 'read',
    doc: 'The elements of a list of numbers as a view, which may be used for `view.length`, `view.load`, `view.store` and `view.apart` alone, and only until an operation on the list other than `list.length`, `list.load` and `list.store`, or a call.',
  },

  // Strings: immutable, UTF-16 units. Lengths and indices are i64 in units
  'str.const': {
    operands: [],
    result: 'str',
    effect: 'none',
    attributes: ['text'],
    doc: 'A string constant; lone surrogates may be in it.',
  },
  'str.length': {
    operands: ['str'],
    result: 'i64',
    effect: 'none',
    doc: 'How many units there are.',
  },
  'str.unit': {
    operands: ['str', 'i64'],
    result: 'u16',
    effect: 'none',
    doc: 'The unit at an index, which must be within bounds.',
  },
  'str.char': {
    operands: ['u16'],
    result: 'str',
    effect: 'allocate',
    doc: 'The string of one unit. RangeError where there is no memory; strings of units below 256 need none.',
  },
  'str.integer': {
    operands: ['i64'],
    result: 'str',
    effect: 'allocate',
    doc: 'The decimal digits of an integer, with a sign where it is negative. RangeError where there is no memory.',
  },
  'str.compare': {
    operands: ['str', 'str'],
    result: 'i32',
    effect: 'none',
    doc: 'Less than 0, 0 or greater as the units of a come before those of b, are the same, or come after them (ECMA-262 7.2.12 IsLessThan).',
  },
  'str.concat': {
    operands: ['str', 'str'],
    result: 'str',
    effect: 'allocate',
    doc: 'The units of a, then those of b, and of more strings where it has more operands. A u16 stands for the string of one unit, an i64 for that of its digits. RangeError "Invalid string length" where it would have more than 2^29 − 24 units, or there is no memory.',
  },
  'str.sub': {
    operands: ['str', 'i64', 'i64'],
    result: 'str',
    effect: 'allocate',
    doc: 'The units from an index on up to another, which must be within bounds and not less. RangeError where there is no memory.',
  },
  'str.of': {
    operands: ['array', 'i64', 'i64'],
    result: 'str',
    effect: 'allocate',
    doc: 'The elements of a `view.u8` or `view.u16` from an index on up to another as units; both must be within bounds. RangeError where it would have more than 2^29 − 24 units, or there is no memory.',
  },
  'str.copy': {
    operands: ['str', 'i64', 'i64', 'view.u16', 'i64'],
    result: 'none',
    effect: 'write',
    doc: 'Copies the units of a from index b on up to c to d from index e on; all must be within bounds.',
  },

  // Errors
  'error.caught': {
    operands: [],
    result: 'error',
    effect: 'allocate',
    doc: 'The error that the handler around it is there for; it is taken, so a handler has this once, first. RangeError where there is no memory.',
  },
  'error.new': {
    operands: ['str'],
    result: 'error',
    effect: 'allocate',
    attributes: ['errorClass'],
    takes: [0],
    doc: 'A new error of a class with that message, of which it takes over a reference. With `record`, the text tells all properties of an instance of that class (`runtime/error-text.ts`), which JavaScript makes when it gets it.',
  },
  'error.of': {
    operands: ['record', 'str'],
    result: 'error',
    effect: 'allocate',
    attributes: ['errorClass'],
    takes: [0, 1],
    doc: 'The error that an instance of a class of errors is, which extends that class of JavaScript in the end, with its message; it takes over a reference of both.',
  },
  'error.record': {
    operands: ['error'],
    result: 'attribute',
    effect: 'allocate',
    doc: 'The instance that an error is, as one of all classes of errors, with a reference of its own; null where native code has made no instance.',
  },
  'error.asked': {
    operands: ['error'],
    result: 'bool',
    effect: 'read',
    attributes: ['record'],
    doc: 'JavaScript has thrown it, and it is an instance of the class of that record for JavaScript.',
  },
  'error.kind': {
    operands: ['error'],
    result: 'i32',
    effect: 'read',
    attributes: ['slot'],
    doc: 'What a property is of what JavaScript has thrown (`propertyKinds` in runtime/messages.ts).',
  },
  'error.field': {
    operands: ['error'],
    result: 'attribute',
    effect: 'allocate',
    attributes: ['slot'],
    doc: 'A property of what JavaScript has thrown, a number (f64), boolean or string as `error.kind` has said. RangeError where there is no memory.',
  },
  'error.is': {
    operands: ['error'],
    result: 'bool',
    effect: 'none',
    attributes: ['errorClass'],
    doc: 'It is an instance of the class: of `Error`, every error is.',
  },
  'error.message': {
    operands: ['error'],
    result: 'str',
    effect: 'allocate',
    doc: 'Its message.',
  },
  'error.name': {
    operands: ['error'],
    result: 'str',
    effect: 'allocate',
    doc: 'The name of its class.',
  },

  // Marks: a number on each record and list, 0 for a new one, for whoever visits objects to know them again
  'mark.get': {
    operands: ['reference'],
    result: 'u32',
    effect: 'read',
    doc: 'The mark of a record or list, which is not null.',
  },
  'mark.set': {
    operands: ['reference', 'u32'],
    result: 'none',
    effect: 'write',
    doc: 'Marks a record or list, which is not null. Whoever visits objects sets all marks to 0 again.',
  },

  // Ownership
  retain: {
    operands: ['reference'],
    result: 'none',
    effect: 'write',
    doc: 'Adds a reference to what may be null. Put in by the ownership pass.',
  },
  release: {
    operands: ['reference'],
    result: 'none',
    effect: 'write',
    doc: 'Drops a reference to what may be null, and frees what nothing refers to. Put in by the ownership pass.',
  },
} satisfies Record<string, OpInfo>;

export type OpName = keyof typeof ops;

/** What `Atomics` does: the operations have its methods' names. */
export type AtomicOp = Extract<OpName, `atomic.${string}`>;

export const isAtomic = (name: OpName): name is AtomicOp => name.startsWith('atomic.');

/** The row of an operation. */
export const opInfo = (name: OpName): OpInfo => ops[name];
