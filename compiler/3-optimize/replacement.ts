/** Makes the operations that take another's place. */
import type { OpName } from '../ir/ops.ts';
import type {
  Attributes,
  Constant,
  IrFunction,
  Operation,
  ScalarType,
  Value,
} from '../ir/types.ts';

export class Replacement {
  readonly ops: Operation[] = [];
  private readonly fn: IrFunction;
  private readonly at: Operation;

  constructor(fn: IrFunction, at: Operation) {
    this.fn = fn;
    this.at = at;
  }

  /** Adds an operation that makes a value of a type, or that value. */
  add(op: OpName, args: Value[], made: ScalarType | Value, attributes: Attributes = {}): Value {
    const result = typeof made === 'string' ? { id: this.fn.nextValue++, type: made } : made;
    this.ops.push({ kind: 'op', op, args, results: [result], attributes, span: this.at.span });
    return result;
  }

  constant(type: ScalarType, value: Constant): Value {
    return this.add('const', [], type, { value });
  }
}
