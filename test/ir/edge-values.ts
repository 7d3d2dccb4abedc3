/** For each scalar type, the values at which arithmetic goes wrong if anywhere. */
import { normalize } from '../../compiler/ir/scalars.ts';
import {
  integerBounds,
  isInteger,
  type Constant,
  type ScalarType,
} from '../../compiler/ir/types.ts';

export const scalarTypes: readonly ScalarType[] = [
  'bool',
  'i8',
  'u8',
  'i16',
  'u16',
  'i32',
  'u32',
  'i64',
  'u64',
  'f32',
  'f64',
];

const powers = [7, 8, 15, 16, 23, 24, 31, 32, 52, 53, 63, 64].map((exponent) => 2 ** exponent);

const floats = [
  ...[0, 0.1, 0.5, 1, 1.5, 2.5, 127.5, 254.5, 5e-324, 2 ** -126, 1.7976931348623157e308],
  ...[Infinity, 3.4028234663852886e38],
  ...powers.flatMap((power) => [power - 1, power - 0.5, power, power + 1]),
].flatMap((value) => [value, -value]);

/** Distinct values that the type holds, in the representation of `Attributes.value`. */
export function edgeValues(type: ScalarType): readonly Constant[] {
  if (type === 'bool') return [false, true];
  if (!isInteger(type)) return unique([NaN, ...floats].map((value) => normalize(type, value)));
  const { min, max } = integerBounds(type);
  const integers = [min, min + 1n, -1n, 0n, 1n, 2n, 3n, 7n, max / 2n, max - 1n, max];
  const near = [2n ** 24n + 1n, 2n ** 40n + 2n ** 16n + 1n, 2n ** 53n + 1n];
  return unique([...integers, ...near].map((value) => normalize(type, value)));
}

const unique = (values: readonly Constant[]): Constant[] =>
  values.filter((value, index) => values.findIndex((other) => Object.is(other, value)) === index);
