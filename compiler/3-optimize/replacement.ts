/** Makes the operations that take another's place. */
import type { OpName } from '../ir/ops.ts';
import type {
  Attributes,
  Constant,
  IrFunction,
  IrType,
  Node,
  Operation,
  ScalarType,
  Value,
} from '../ir/types.ts';
import { zeroOf } from './zero.ts';

export class Replacement {
  readonly ops: Operation[] = [];
  private readonly fn: IrFunction;
  private readonly at: Node;

  constructor(fn: IrFunction, at: Node) {
    this.fn = fn;
    this.at = at;
  }

  /** Adds an operation that makes a value of a type, or that value. */
  add(op: OpName, args: Value[], made: IrType | Value, attributes: Attributes = {}): Value {
    const result = typeof made === 'string' ? { id: this.fn.nextValue++, type: made } : made;
    this.ops.push({ kind: 'op', op, args, results: [result], attributes, span: this.at.span });
    return result;
  }

  /** Adds an operation without a result. */
  effect(op: OpName, args: Value[], attributes: Attributes): void {
    this.ops.push({ kind: 'op', op, args, results: [], attributes, span: this.at.span });
  }

  /** Adds what makes a value 0, false or null. */
  zero(made: IrType | Value): Value {
    const value = typeof made === 'string' ? { id: this.fn.nextValue++, type: made } : made;
    this.ops.push(zeroOf(value, this.at.span));
    return value;
  }

  constant(type: ScalarType, value: Constant): Value {
    return this.add('const', [], type, { value });
  }
}
