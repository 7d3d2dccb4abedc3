/** Arithmetic on constants in the representation of `Attributes.value`, exactly as the machine types do it. */
import { bitWidth, integerBounds, isInteger, type Constant, type ScalarType } from './types.ts';

const scratch = new DataView(new ArrayBuffer(8));

/** Whether constants of this type are bigints. */
export const isWide = (type: ScalarType): boolean => type === 'i64' || type === 'u64';

/** The integer of this type congruent to `value` modulo 2^width. */
export function wrap(type: ScalarType, value: bigint): Constant {
  const width = bitWidth(type);
  const wrapped = type.startsWith('i') ? BigInt.asIntN(width, value) : BigInt.asUintN(width, value);
  return isWide(type) ? wrapped : Number(wrapped);
}

/** Rounds to the type's precision; integers are wrapped. */
export function normalize(type: ScalarType, value: Constant): Constant {
  if (type === 'bool') return Boolean(value);
  if (type === 'f64') return Number(value);
  if (type === 'f32')
    return typeof value === 'bigint' ? toSingle(value) : Math.fround(Number(value));
  return wrap(type, BigInt(value));
}

/** The single nearest to an integer of up to 64 bits, rounded once (a double between would round twice). */
function toSingle(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  // Above 2^53 the low bits can only break ties: one sticky bit stands for them, so the double is exact.
  const low = magnitude & 0xffffn;
  const exact = magnitude < 1n << 53n ? magnitude : magnitude - low + (low === 0n ? 0n : 1n << 15n);
  const single = Math.fround(Number(exact));
  return value < 0n ? -single : single;
}

/** ECMA-262 7.1.6–7.1.12 (ToInt32 and its kin) for any width up to 64 bits: truncates, then wraps; NaN and ±Infinity give 0. */
export function toIntegerModulo(type: ScalarType, value: number): Constant {
  if (!Number.isFinite(value)) return wrap(type, 0n);
  return wrap(type, BigInt(Math.trunc(value)));
}

/** Whether a number is exactly an integer of this type; −0 counts as 0. */
export function fitsInteger(type: ScalarType, value: Constant): boolean {
  if (!isInteger(type)) return false;
  if (typeof value === 'number' && !Number.isInteger(value)) return false;
  const { min, max } = integerBounds(type);
  const exact = BigInt(value);
  return exact >= min && exact <= max;
}

/** ECMA-262 7.1.12 ToUint8Clamp: to nearest, halves to even; NaN gives 0. */
export function clampToUint8(value: number): number {
  if (!(value > 0)) return 0;
  if (value >= 255) return 255;
  const below = Math.floor(value);
  const rest = value - below;
  if (rest < 0.5) return below;
  if (rest > 0.5) return below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** The same bits read as another type of the same width. */
export function reinterpret(from: ScalarType, to: ScalarType, value: Constant): Constant {
  switch (from) {
    case 'f64':
      scratch.setFloat64(0, Number(value));
      break;
    case 'f32':
      scratch.setFloat32(0, Number(value));
      break;
    default:
      if (bitWidth(from) === 64) scratch.setBigUint64(0, BigInt.asUintN(64, BigInt(value)));
      else if (bitWidth(from) === 32) scratch.setUint32(0, Number(value) >>> 0);
      else return wrap(to, BigInt(value));
  }
  switch (to) {
    case 'f64':
      return scratch.getFloat64(0);
    case 'f32':
      return scratch.getFloat32(0);
    default:
      return wrap(to, bitWidth(to) === 64 ? scratch.getBigUint64(0) : BigInt(scratch.getUint32(0)));
  }
}

/** The bytes of an integer in reverse order. */
export function swapBytes(type: ScalarType, value: Constant): Constant {
  let rest = BigInt.asUintN(bitWidth(type), BigInt(value));
  let swapped = 0n;
  for (let bit = 0; bit < bitWidth(type); bit += 8) {
    swapped = (swapped << 8n) | (rest & 255n);
    rest >>= 8n;
  }
  return wrap(type, swapped);
}

/** Zero bits above the highest one bit. */
export function leadingZeros(type: ScalarType, value: Constant): Constant {
  const bits = BigInt.asUintN(bitWidth(type), BigInt(value));
  return wrap(
    type,
    BigInt(bits === 0n ? bitWidth(type) : bitWidth(type) - bits.toString(2).length),
  );
}
