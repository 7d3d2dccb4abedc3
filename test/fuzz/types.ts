/** The types of generated programs. */

export const intTypes = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32'] as const;
export type IntType = (typeof intTypes)[number];

export const numberArrays = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
] as const;
export type NumberArray = (typeof numberArrays)[number];

export const bigintArrays = ['BigInt64Array', 'BigUint64Array'] as const;
export type BigintArray = (typeof bigintArrays)[number];

export type ArrayType = NumberArray | BigintArray;
export type ViewType = ArrayType | 'DataView';
export type WideType = 'i64' | 'u64';

/**
 * A type of what lives on the heap (strings, objects, lists, …) or is one of some literals, as TypeScript
 * writes it. What it holds, the program's `shapes` tell.
 */
export type HeapType = string & { readonly isHeapType: true };

/** What a variable, parameter or result is declared as. */
export type Type = 'number' | 'f64' | 'f32' | IntType | WideType | 'boolean' | ViewType | HeapType;

/**
 * What is known of an expression's value, so that another one of the kind can stand in its place:
 * `integer` is an exact integer and no −0, `single` a single, `plain` a number but no NaN.
 */
export type ValueKind =
  'number' | 'integer' | 'single' | 'plain' | 'boolean' | WideType | ViewType | HeapType;

const views: readonly string[] = [...numberArrays, ...bigintArrays, 'DataView'];

export const isView = (type: string): type is ViewType => views.includes(type);
export const isArray = (type: string): type is ArrayType => isView(type) && type !== 'DataView';
export const isBigintArray = (type: string): type is BigintArray => type.startsWith('Big');
export const isNumberArray = (type: string): type is NumberArray =>
  isArray(type) && !isBigintArray(type);
export const isFloatArray = (type: string): boolean => type.startsWith('Float');
export const isIntType = (type: string): type is IntType =>
  (intTypes as readonly string[]).includes(type);
const withoutShape: ReadonlySet<string> = new Set([
  ...['number', 'f64', 'f32', ...intTypes, 'i64', 'u64', 'boolean'],
  ...['integer', 'single', 'plain', 'statement'],
  ...views,
]);

export const heapType = (text: string): HeapType => text as HeapType;
export const isHeap = (type: string): type is HeapType => !withoutShape.has(type);
export const stringType = heapType('string');
/** Whether values of a type are numbers, of whatever hint. */
export const isNumeric = (type: string): boolean =>
  type === 'number' || type === 'f64' || type === 'f32' || isIntType(type);

export const isWide = (type: string): type is WideType => type === 'i64' || type === 'u64';

/** The kind of a value that a variable of that type holds. */
export function kindOf(type: Type): ValueKind {
  if (isIntType(type)) return 'integer';
  if (type === 'f32') return 'single';
  return type === 'f64' ? 'number' : type;
}

/** Whether a value of one kind can stand where another is asked for. */
export function fits(kind: ValueKind, wanted: ValueKind): boolean {
  if (kind === wanted) return true;
  if (wanted === 'number') return kind === 'integer' || kind === 'single' || kind === 'plain';
  return wanted === 'plain' && kind === 'integer';
}

export const wideOf = (type: BigintArray): WideType => (type === 'BigInt64Array' ? 'i64' : 'u64');

/** The smallest and the largest value of an integer type. */
export function rangeOf(type: IntType): readonly [number, number] {
  const width = Number(type.slice(1));
  return type.startsWith('i') ? [-(2 ** (width - 1)), 2 ** (width - 1) - 1] : [0, 2 ** width - 1];
}
