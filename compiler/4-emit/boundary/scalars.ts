/** Numbers, bigints and booleans between JavaScript and native code. */
import { integerBounds, isSigned, type IntegerType, type ScalarType } from '../../ir/types.ts';
import { llvmType } from '../types.ts';
import { doubleLiteral, type LlvmFunction } from '../writer.ts';
import { isOk, napi } from './napi.ts';

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

type Need = (condition: string, name: string) => void;

function toSingle(f: LlvmFunction, number: string, need: Need): string {
  const single = f.emit(`fptrunc double ${number} to float`);
  const back = f.emit(`fpext float ${single} to double`);
  // `ueq` also holds for NaN.
  need(f.emit(`fcmp ueq double ${number}, ${back}`), 'isSingle');
  return single;
}

/** LLVM's conversion of a number that the integer type can't hold is poison, so the range is tested first. */
function toInteger(f: LlvmFunction, type: IntegerType, number: string, need: Need): string {
  const { min, max } = integerBounds(type);
  const least = f.emit(`fcmp oge double ${number}, ${doubleLiteral(Number(min))}`);
  const most = f.emit(`fcmp ole double ${number}, ${doubleLiteral(Number(max))}`);
  need(f.emit(`and i1 ${least}, ${most}`), 'inRange');
  // Through i64, which is signed and holds every narrower type.
  const integer = f.emit(`fptosi double ${number} to i64`);
  const back = f.emit(`sitofp i64 ${integer} to double`);
  need(f.emit(`fcmp oeq double ${number}, ${back}`), 'isInteger');
  return f.emit(`trunc i64 ${integer} to ${llvmType(type)}`);
}

/** Writes the making of the JavaScript value of a scalar into `slot`. */
export function makeScalar(
  f: LlvmFunction,
  env: string,
  type: ScalarType,
  operand: string,
  slot: string,
): void {
  switch (type) {
    case 'bool':
      napi(f, 'napi_get_boolean', [env, operand, slot]);
      return;
    case 'f64':
      napi(f, 'napi_create_double', [env, operand, slot]);
      return;
    case 'f32':
      napi(f, 'napi_create_double', [env, f.emit(`fpext float ${operand} to double`), slot]);
      return;
    case 'i64':
      napi(f, 'napi_create_bigint_int64', [env, operand, slot]);
      return;
    case 'u64':
      napi(f, 'napi_create_bigint_uint64', [env, operand, slot]);
      return;
    case 'i32':
      napi(f, 'napi_create_int32', [env, operand, slot]);
      return;
    case 'u32':
      napi(f, 'napi_create_uint32', [env, operand, slot]);
      return;
    default: {
      const extend = isSigned(type) ? 'sext' : 'zext';
      const wide = f.emit(`${extend} ${llvmType(type)} ${operand} to i32`);
      napi(f, 'napi_create_int32', [env, wide, slot]);
    }
  }
}
