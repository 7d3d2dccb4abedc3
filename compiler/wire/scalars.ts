/** JavaScript that tests and moves numbers, bigints and booleans of the wire. */
import { elementBytes } from './format.ts';
import type { ScalarType } from '../ir/types.ts';

/** A condition that holds where the value of a variable is one of a type. */
export function testOf(type: ScalarType, value: string): string {
  switch (type) {
    case 'f64':
      return `typeof ${value} === 'number'`;
    case 'f32':
      return `typeof ${value} === 'number' && (Math.fround(${value}) === ${value} || ${value} !== ${value})`;
    case 'bool':
      return `typeof ${value} === 'boolean'`;
    case 'i64':
      return `typeof ${value} === 'bigint' && BigInt.asIntN(64, ${value}) === ${value}`;
    case 'u64':
      return `typeof ${value} === 'bigint' && BigInt.asUintN(64, ${value}) === ${value}`;
    case 'i32':
      return `typeof ${value} === 'number' && (${value} | 0) === ${value}`;
    case 'u32':
      return `typeof ${value} === 'number' && ${value} >>> 0 === ${value}`;
    case 'i16':
    case 'i8': {
      const shift = type === 'i16' ? 16 : 24;
      return `typeof ${value} === 'number' && ${value} << ${shift} >> ${shift} === ${value}`;
    }
    case 'u16':
    case 'u8':
      return `typeof ${value} === 'number' && (${value} & ${type === 'u16' ? 65535 : 255}) === ${value}`;
  }
}

const isWide = (type: ScalarType): type is 'i64' | 'u64' => type === 'i64' || type === 'u64';

/** The wire's array through which a scalar goes that has a slot of its own. */
export const slotArray = (type: ScalarType): string => (isWide(type) ? type : 'f64');

/** What is stored in a slot for a value of a type. */
export const slotValue = (type: ScalarType, value: string): string =>
  type === 'bool' ? `${value} ? 1 : 0` : value;

/** The value of a type from what its slot holds. */
export const fromSlot = (type: ScalarType, slot: string): string =>
  type === 'bool' ? `${slot} !== 0` : slot;

/** The wire's array of the elements of a list, and how many of them a slot has. */
export const elementArray = (
  type: ScalarType,
): { readonly name: string; readonly each: number } => ({
  name: type === 'bool' ? 'u8' : type,
  each: 8 / elementBytes(type),
});
