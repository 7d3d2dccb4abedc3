/** Code that is put before other code, to be computed once: tests, and integer arithmetic for them. */
import type { OpName } from '../../ir/ops.ts';
import type { Attributes, IrFunction, IrType, Operation, Span, Value } from '../../ir/types.ts';

/** An i64 known before the loop. */
export type Fixed = Value | bigint;

type Fold = (a: bigint, b: bigint) => bigint;

const folds: Partial<Record<OpName, Fold>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  min: (a, b) => (a < b ? a : b),
  max: (a, b) => (a > b ? a : b),
  div: (a, b) => a / b,
  shr: (a, b) => a >> b,
};

export class Prelude {
  readonly ops: Operation[] = [];
  private readonly fn: IrFunction;
  private readonly span: Span | undefined;
  private readonly known = new Map<string, Value>();

  constructor(fn: IrFunction, span: Span | undefined) {
    this.fn = fn;
    this.span = span;
  }

  /** Adds an operation without effects, or finds the one that is there. */
  add(op: OpName, args: readonly Value[], type: IrType, attributes: Attributes = {}): Value {
    const { value, local, global } = attributes;
    const key = [op, type, value, local, global, ...args.map(({ id }) => id)].join(' ');
    let result = this.known.get(key);
    if (!result) {
      result = { id: this.fn.nextValue++, type };
      this.known.set(key, result);
      this.ops.push({
        kind: 'op',
        op,
        args: [...args],
        results: [result],
        attributes,
        span: this.span,
      });
    }
    return result;
  }

  /** A bool that holds where all of these do; undefined for none. */
  all(tests: readonly Value[]): Value | undefined {
    return [...new Set(tests)].reduce<Value | undefined>(
      (all, test) => (all ? this.add('and', [all, test], 'bool') : test),
      undefined,
    );
  }

  value(fixed: Fixed): Value {
    return typeof fixed === 'bigint' ? this.add('const', [], 'i64', { value: fixed }) : fixed;
  }

  /** Arithmetic of i64 that surely doesn't wrap; `div` is by what is never 0. */
  compute(op: 'add' | 'sub' | 'mul' | 'min' | 'max' | 'div' | 'shr', a: Fixed, b: Fixed): Fixed {
    if (typeof a === 'bigint' && typeof b === 'bigint') return folds[op]?.(a, b) ?? a;
    if ((op === 'add' || op === 'sub') && b === 0n) return a;
    if (op === 'add' && a === 0n) return b;
    if (op === 'mul' && a === 1n) return b;
    if (op === 'mul' && b === 1n) return a;
    if (a === b && (op === 'min' || op === 'max')) return a;
    return this.add(op, [this.value(a), this.value(b)], 'i64');
  }

  /** A bool; undefined where it surely holds. */
  compare(op: 'lt' | 'le', a: Fixed, b: Fixed): Value | false | undefined {
    if (typeof a === 'bigint' && typeof b === 'bigint')
      return (op === 'lt' ? a < b : a <= b) ? undefined : false;
    return this.add(op, [this.value(a), this.value(b)], 'bool');
  }
}
