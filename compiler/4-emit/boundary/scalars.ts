/** Numbers, bigints and booleans between JavaScript and native code. */
import { integerBounds, isSigned, type IntegerType, type ScalarType } from '../../ir/types.ts';
import { llvmType } from '../types.ts';
import { doubleLiteral, type LlvmFunction } from '../writer.ts';
import { isOk, napi, napiValue } from './napi.ts';

/**
 * Writes the conversion of a JavaScript value to a scalar, exactly: where the type can't hold it
 * the code goes to the block `wrong`. Returns the operand.
 */
export function receiveScalar(
  f: LlvmFunction,
  env: string,
  type: ScalarType,
  value: string,
  wrong: string,
): string {
  const need = (condition: string, name: string): void => {
    const good = f.fresh(name);
    f.condBr(condition, good, wrong);
    f.block(good);
  };
  switch (type) {
    case 'bool': {
      const slot = f.alloca('i8');
      need(isOk(f, napi(f, 'napi_get_value_bool', [env, value, slot])), 'isBool');
      return f.emit(`trunc i8 ${f.load('i8', slot)} to i1`);
    }
    case 'i64':
    case 'u64': {
      const [slot, lossless] = [f.alloca('i64'), f.alloca('i8')];
      const get = type === 'i64' ? 'napi_get_value_bigint_int64' : 'napi_get_value_bigint_uint64';
      need(isOk(f, napi(f, get, [env, value, slot, lossless])), 'isBigint');
      need(f.emit(`trunc i8 ${f.load('i8', lossless)} to i1`), 'lossless');
      return f.load('i64', slot);
    }
    default: {
      const slot = f.alloca('double');
      need(isOk(f, napi(f, 'napi_get_value_double', [env, value, slot])), 'isNumber');
      const number = f.load('double', slot);
      if (type === 'f64') return number;
      return type === 'f32' ? toSingle(f, number, need) : toInteger(f, type, number, need);
    }
  }
}

/** Writes what goes on where a condition holds; the name is that of the block. */
export type Need = (condition: string, name: string) => void;

/** Writes the conversion of a double to the single that it is. */
export function toSingle(f: LlvmFunction, number: string, need: Need): string {
  const single = f.emit(`fptrunc double ${number} to float`);
  const back = f.emit(`fpext float ${single} to double`);
  // `ueq` also holds for NaN.
  need(f.emit(`fcmp ueq double ${number}, ${back}`), 'isSingle');
  return single;
}

/**
 * Writes the conversion of a double to the integer that it is. LLVM's conversion of a number that the integer type can't
 * hold is poison, so the range is tested first.
 */
export function toInteger(f: LlvmFunction, type: IntegerType, number: string, need: Need): string {
  const { min, max } = integerBounds(type);
  const least = f.emit(`fcmp oge double ${number}, ${doubleLiteral(Number(min))}`);
  const most = f.emit(`fcmp ole double ${number}, ${doubleLiteral(Number(max))}`);
  need(f.emit(`and i1 ${least}, ${most}`), 'inRange');
  const sign = isSigned(type) ? 's' : 'u';
  const integer = f.emit(`fpto${sign}i double ${number} to ${llvmType(type)}`);
  const back = f.emit(`${sign}itofp ${llvmType(type)} ${integer} to double`);
  need(f.emit(`fcmp oeq double ${number}, ${back}`), 'isInteger');
  return integer;
}

/** Writes the making of the JavaScript value of a scalar. */
export function makeScalar(
  f: LlvmFunction,
  env: string,
  type: ScalarType,
  operand: string,
): string {
  switch (type) {
    case 'bool':
      return napiValue(f, 'napi_get_boolean', [env, operand]);
    case 'f64':
      return napiValue(f, 'napi_create_double', [env, operand]);
    case 'f32':
      return napiValue(f, 'napi_create_double', [env, f.emit(`fpext float ${operand} to double`)]);
    case 'i64':
      return napiValue(f, 'napi_create_bigint_int64', [env, operand]);
    case 'u64':
      return napiValue(f, 'napi_create_bigint_uint64', [env, operand]);
    case 'i32':
      return napiValue(f, 'napi_create_int32', [env, operand]);
    case 'u32':
      return napiValue(f, 'napi_create_uint32', [env, operand]);
    default: {
      const extend = isSigned(type) ? 'sext' : 'zext';
      const wide = f.emit(`${extend} ${llvmType(type)} ${operand} to i32`);
      return napiValue(f, 'napi_create_int32', [env, wide]);
    }
  }
}
